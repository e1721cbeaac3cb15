import { expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { explainStorageError } from './explainStorageError';

it('turns a full disk into quota-exceeded, and names the file', () => {
  const error = explainStorageError('datasets/1/images.u8', new DOMException('full', 'QuotaExceededError'));
  expect(error).toMatchObject({ code: 'quota-exceeded', details: { file: 'datasets/1/images.u8' } });
});

it('turns a lock into storage-failed that speaks of another tab', () => {
  const error = explainStorageError('a', new DOMException('locked', 'NoModificationAllowedError'));
  expect(error).toMatchObject({ code: 'storage-failed', hint: 'Close the other tab and try again.' });
});

it('turns everything else into storage-failed with its text, and leaves a LabError as it is', () => {
  expect(explainStorageError('a', new Error('odd'))).toMatchObject({
    code: 'storage-failed',
    message: expect.stringContaining('odd'),
  });
  const own = new LabError({ code: 'cancelled', message: 'm', hint: 'h' });
  expect(explainStorageError('a', own)).toBe(own);
});
