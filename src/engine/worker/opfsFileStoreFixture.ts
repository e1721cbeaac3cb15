import { LabError, toErrorData } from '../../foundation/labError';
import { openOpfsFileStore } from './opfsFileStore';

/** Runs in a dedicated worker, where sync access handles are: does what its one message says and answers. */
self.addEventListener('message', (event: MessageEvent<string>) => {
  checks[event.data]!().then(
    (result) => self.postMessage({ result }),
    (error: unknown) => self.postMessage({ error: toErrorData(error) }),
  );
});

const folder = 'opfs-file-store-test';

/** Each starts from an empty folder and answers with what it saw. */
const checks: Record<string, () => Promise<unknown>> = {
  async writeAndRead() {
    const store = await freshStore();
    await store.write(`${folder}/deep/er/file`, Uint8Array.of(1, 2, 3));
    await store.write(`${folder}/deep/er/file`, Uint8Array.of(9));
    return {
      bytes: [...((await store.read(`${folder}/deep/er/file`)) ?? [])],
      names: await store.list(`${folder}/deep/er`),
      folders: await store.list(folder),
      none: await store.read(`${folder}/deep/other`),
      noFolder: await store.read(`${folder}/nowhere/file`),
      noList: await store.list(`${folder}/nowhere`),
    };
  },

  async remove() {
    const store = await freshStore();
    await store.write(`${folder}/a/one`, Uint8Array.of(1));
    await store.write(`${folder}/b/two`, Uint8Array.of(2));
    await store.remove(`${folder}/a`);
    await store.remove(`${folder}/b/two`);
    await store.remove(`${folder}/never/there`);
    return { left: await store.list(folder), inB: await store.list(`${folder}/b`) };
  },

  async randomAccess() {
    const store = await freshStore();
    const file = await store.open(`${folder}/images`);
    file.writeAt(0, Uint8Array.of(1, 2, 3, 4));
    file.writeAt(file.sizeBytes, Uint8Array.of(5, 6));
    const middle = new Uint8Array(3);
    file.readAt(2, middle);
    const beyond = codeOf(() => file.readAt(5, new Uint8Array(2)));
    const sizeBytes = file.sizeBytes;
    file.close();
    return { sizeBytes, middle: [...middle], beyond, bytes: [...((await store.read(`${folder}/images`)) ?? [])] };
  },

  /** Leaves what a worker that was ended within a write leaves. */
  async halfWritten() {
    const store = await freshStore();
    await store.write(`${folder}/manifest`, Uint8Array.of(7));
    await store.write(`${folder}/manifest.partial`, Uint8Array.of(1, 1, 1));
    const names = await store.list(folder);
    await store.write(`${folder}/manifest`, Uint8Array.of(8));
    return { names, bytes: [...((await store.read(`${folder}/manifest`)) ?? [])] };
  },

  async openTwice() {
    const store = await freshStore();
    const first = await store.open(`${folder}/images`);
    try {
      await store.open(`${folder}/images`);
      return 'opened';
    } catch (error) {
      return error instanceof LabError ? error.code : String(error);
    } finally {
      first.close();
    }
  },

  async removeOpen() {
    const store = await freshStore();
    const file = await store.open(`${folder}/set/images`);
    const code = await store.remove(`${folder}/set`).then(
      () => 'removed',
      (error: unknown) => (error instanceof LabError ? error.code : String(error)),
    );
    file.close();
    await store.remove(`${folder}/set`);
    return { code, left: await store.list(folder) };
  },
};

async function freshStore() {
  const store = await openOpfsFileStore();
  await store.remove(folder);
  return store;
}

function codeOf(work: () => void): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof LabError ? error.code : String(error);
  }
}
