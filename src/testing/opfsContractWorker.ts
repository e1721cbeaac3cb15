import type { FileStore } from '../artifacts/fileStore';
import { openOpfsFileStore } from '../artifacts/opfs/opfsFileStore';
import { toErrorData } from '../foundation/labError';
import { fileStoreContract } from './fileStoreContract';

/** Runs in a dedicated worker, where sync access handles are: does the check that its message names and answers. */
self.addEventListener('message', ({ data: name }: MessageEvent<string>) => {
  check(name).then(
    (result) => self.postMessage({ result }),
    (error: unknown) => self.postMessage({ error: toErrorData(error) }),
  );
});

/** Each starts from an empty store and answers with what it saw. */
async function check(name: string): Promise<unknown> {
  const store = await openOpfsFileStore();
  for (const entry of await store.list('')) await store.remove(entry);
  await store.removePartials('');
  const promise = fileStoreContract.find((candidate) => candidate.name === name);
  return promise ? promise.see(store) : cutOffWrite(store);
}

/** Leaves what a worker that was ended within a write leaves. */
async function cutOffWrite(store: FileStore): Promise<unknown> {
  await store.write('a/manifest', Uint8Array.of(7));
  await store.write('a/manifest.partial', Uint8Array.of(1, 1, 1));
  const names = await store.list('a');
  await store.write('a/manifest', Uint8Array.of(8));
  await store.write('a/other.partial', Uint8Array.of(1));
  return { names, removed: await store.removePartials(''), file: [...((await store.read('a/manifest')) ?? [])] };
}
