import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let worker: Worker;

beforeAll(() => {
  worker = new Worker(new URL('./opfsFileStoreFixture.ts', import.meta.url), { type: 'module' });
});

afterAll(() => worker.terminate());

/** Has the worker do one of the fixture's checks. */
function inWorker(check: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<{ result: unknown } | { error: { message: string } }>) =>
      'error' in data ? reject(new Error(data.error.message)) : resolve(data.result);
    worker.postMessage(check);
  });
}

describe('the private file system as a file store', () => {
  it('reads back what was last written, and null or nothing where there is nothing', async () => {
    expect(await inWorker('writeAndRead')).toEqual({
      bytes: [9],
      names: ['file'],
      folders: ['deep'],
      none: null,
      noFolder: null,
      noList: [],
    });
  });

  it('removes files and whole folders, and nothing where there is nothing', async () => {
    expect(await inWorker('remove')).toEqual({ left: ['b'], inB: [] });
  });

  it('reads and writes at any position, and refuses to read past the end', async () => {
    expect(await inWorker('randomAccess')).toEqual({
      sizeBytes: 6,
      middle: [3, 4, 5],
      beyond: 'storage-failed',
      bytes: [1, 2, 3, 4, 5, 6],
    });
  });

  it('hides what a cut-off write left, and writes over it', async () => {
    expect(await inWorker('halfWritten')).toEqual({ names: ['manifest'], bytes: [8] });
  });

  it('opens a file once at a time', async () => {
    expect(await inWorker('openTwice')).toBe('storage-failed');
  });

  it('does not remove what is open', async () => {
    expect(await inWorker('removeOpen')).toEqual({ code: 'storage-failed', left: [] });
  });
});
