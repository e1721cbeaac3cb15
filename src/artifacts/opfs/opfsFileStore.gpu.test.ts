import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileStoreContract } from '../../testing/fileStoreContract';

let worker: Worker;

beforeAll(() => {
  worker = new Worker(new URL('../../testing/opfsContractWorker.ts', import.meta.url), { type: 'module' });
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
  for (const { name, expected } of fileStoreContract) {
    it(name, async () => {
      expect(await inWorker(name)).toEqual(expected);
    });
  }

  it('hides what a cut-off write left, writes over it, and clears it away', async () => {
    const seen = await inWorker('a write that was cut off');
    expect(seen).toEqual({ names: ['manifest'], removed: ['a/other'], file: [8] });
  });
});
