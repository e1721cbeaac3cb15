import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileStoreContract } from '../../testing/fileStoreContract';
import { openFolderFileStore } from './folderFileStore';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-file-store-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('a folder as a file store', () => {
  for (const { name, see, expected } of fileStoreContract) {
    it(name, async () => {
      expect(await see(await openFolderFileStore(join(root, 'store')))).toEqual(expected);
    });
  }

  it('makes folders and files that only their owner can read', async () => {
    const store = await openFolderFileStore(join(root, 'store'));
    await store.write('a/file', Uint8Array.of(1));
    const modes = await Promise.all(
      ['store', 'store/a', 'store/a/file'].map(async (path) => (await stat(join(root, path))).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('leaves no temporary file, hides those of a dead process and clears them away, but not those of a living one', async () => {
    const store = await openFolderFileStore(root);
    await store.write('a/file', Uint8Array.of(1));
    expect(await readdir(join(root, 'a'))).toEqual(['file']);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const host = hostname().replaceAll('.', '_');
    await writeFile(join(root, 'a', `head.json.${host}-${dead}.partial`), 'half');
    await writeFile(join(root, 'a', `file.${host}-${process.ppid}.partial`), 'under way');
    expect(await store.list('a')).toEqual(['file']);
    expect(await store.removePartials('')).toEqual(['a/head.json']);
    expect((await readdir(join(root, 'a'))).length).toBe(2);
  });

  it('refuses a path that leads out of it', async () => {
    const store = await openFolderFileStore(root);
    await expect(store.read('../secret')).rejects.toMatchObject({ code: 'storage-failed' });
  });

  it('names a folder that cannot be made', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(openFolderFileStore(join(root, 'file', 'store'))).rejects.toMatchObject({ code: 'storage-failed' });
  });
});
