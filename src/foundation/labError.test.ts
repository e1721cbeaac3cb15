import { describe, expect, it } from 'vitest';
import { fromErrorData, LabError, toErrorData } from './labError';

describe('errors as data', () => {
  it('keeps code, message, hint and details across a boundary', () => {
    const error = new LabError({
      code: 'column-missing',
      stage: 'reading labels.csv',
      message: 'There is no column "sex".',
      hint: 'Choose another column.',
      details: { column: 'sex' },
      cause: new Error('inner'),
    });
    const data = structuredClone(toErrorData(error));
    expect(data).toMatchObject({ code: 'column-missing', details: { column: 'sex' }, cause: 'inner' });
    expect(fromErrorData(data)).toMatchObject({ code: 'column-missing', message: 'There is no column "sex".' });
  });

  it('names what ran out when the WASM heap or the array buffer allocation fails', () => {
    expect(toErrorData(new RangeError('Array buffer allocation failed')).code).toBe('out-of-memory');
  });

  it('recognises an aborted signal as a cancel', () => {
    const controller = new AbortController();
    controller.abort();
    expect(toErrorData(controller.signal.reason).code).toBe('cancelled');
  });

  it('says of anything else that it should not have happened, with its text', () => {
    expect(toErrorData(new TypeError('x is undefined'))).toMatchObject({ code: 'internal' });
    expect(toErrorData(new TypeError('x is undefined')).message).toContain('x is undefined');
  });
});
