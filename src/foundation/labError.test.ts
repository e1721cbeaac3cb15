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

  it('names what ran out when a GPU’s buffer cannot be mapped into memory, in Chromium’s words', () => {
    const text =
      "Failed to execute 'createBuffer' on 'GPUDevice': createBuffer failed, size (4294967296) is too large for the implementation when mappedAtCreation == true";
    expect(toErrorData(new RangeError(text))).toMatchObject({
      code: 'out-of-memory',
      hint: expect.stringMatching(/smaller batch.*WASM/),
    });
  });

  it('does not take an AbortError for a cancel: WebGPU rejects with one when its device is lost', () => {
    const lost = new DOMException("Failed to execute 'mapAsync' on 'GPUBuffer': Device is lost.", 'AbortError');
    expect(toErrorData(lost)).toMatchObject({ code: 'internal', message: expect.stringContaining('Device is lost') });
  });

  it.each(['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'])(
    'names the server that does not answer, in every browser’s words: %s',
    (text) => {
      expect(toErrorData(new TypeError(text))).toMatchObject({
        code: 'server-unreachable',
        message: 'The lab’s own server does not answer.',
        hint: expect.stringContaining('npm start'),
        cause: text,
      });
    },
  );

  it.each([
    'Failed to fetch dynamically imported module: http://localhost:4173/assets/hdf5-x1.js',
    'error loading dynamically imported module: http://localhost:4173/assets/hdf5-x1.js',
    'Importing a module script failed.',
    'Unable to preload CSS for /assets/hdf5-x1.css',
  ])('names the part of the lab that could not be loaded: %s', (text) => {
    const { code, message } = toErrorData(new TypeError(text));
    expect(code).toBe('part-not-loaded');
    if (text.includes('hdf5')) expect(message).toMatch(/\(hdf5-x1\.(js|css)\)/);
  });

  it('says of anything else that it should not have happened, with its text', () => {
    expect(toErrorData(new TypeError('x is undefined'))).toMatchObject({ code: 'internal' });
    expect(toErrorData(new TypeError('x is undefined')).message).toContain('x is undefined');
  });
});
