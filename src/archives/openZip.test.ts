import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openZip } from './openZip';

const limits = { files: 100, fileBytes: 2 ** 31, totalBytes: 2 ** 40 };

/** What a zip holds, read as bytes and as blobs, from memory and from a blob: always the same. */
async function texts(zip: Uint8Array<ArrayBuffer>): Promise<Record<string, string>> {
  const [inMemory, onDisk] = [await openZip(zip, 'a.zip', limits), await openZip(new Blob([zip]), 'a.zip', limits)];
  const read = await Promise.all(
    inMemory.map(async (file) => [file.name, new TextDecoder().decode(await file.read())] as const),
  );
  const blobs = await Promise.all(
    onDisk.map(async (file) => [file.name, await (await file.readBlob()).text()] as const),
  );
  expect(blobs).toEqual(read);
  return Object.fromEntries(read);
}

const long = 'the same words again, '.repeat(100);

/** Where the directory's first entry and the end record begin, in a zip of one file without comment. */
function landmarks(zip: Uint8Array) {
  const end = zip.length - 22;
  return { end, directory: new DataView(zip.buffer).getUint32(end + 16, true) };
}

/** The same zip as a writer of large archives makes it: sizes and offsets in their 64-bit fields (APPNOTE 4.3.14, 4.5.3). */
function asZip64(zip: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { end, directory } = landmarks(zip);
  const old = new DataView(zip.buffer, directory, end - directory);
  const nameBytes = old.getUint16(28, true);
  const entry = new Uint8Array(46 + nameBytes + 28);
  entry.set(zip.subarray(directory, directory + 46 + nameBytes));
  const view = new DataView(entry.buffer);
  const values = [old.getUint32(24, true), old.getUint32(20, true), old.getUint32(42, true)];
  for (const position of [20, 24, 42]) view.setUint32(position, 0xffffffff, true);
  view.setUint16(30, 28, true);
  view.setUint16(46 + nameBytes, 0x0001, true);
  view.setUint16(46 + nameBytes + 2, 24, true);
  for (const [i, value] of values.entries()) view.setBigUint64(46 + nameBytes + 4 + 8 * i, BigInt(value), true);
  const tail = new DataView(new ArrayBuffer(56 + 20 + 22));
  tail.setUint32(0, 0x06064b50, true);
  tail.setBigUint64(24, 1n, true);
  tail.setBigUint64(32, 1n, true);
  tail.setBigUint64(40, BigInt(entry.length), true);
  tail.setBigUint64(48, BigInt(directory), true);
  tail.setUint32(56, 0x07064b50, true);
  tail.setBigUint64(64, BigInt(directory + entry.length), true);
  tail.setUint32(76, 0x06054b50, true);
  for (const position of [84, 86]) tail.setUint16(position, 0xffff, true);
  for (const position of [88, 92]) tail.setUint32(position, 0xffffffff, true);
  return Uint8Array.from([...zip.subarray(0, directory), ...entry, ...new Uint8Array(tail.buffer)]);
}

describe('openZip', () => {
  it('reads deflated and stored files, in folders, with names in any script', async () => {
    const zip = zipSync({ 'a/b/läsion.csv': strToU8(long), 'plain.txt': [strToU8('as it is'), { level: 0 }] });
    expect(await texts(zip)).toEqual({ 'a/b/läsion.csv': long, 'plain.txt': 'as it is' });
  });

  it('finds the directory before a comment', async () => {
    const zip = zipSync({ 'x.txt': strToU8('x') }, { comment: 'made by hand' });
    expect(await texts(zip)).toEqual({ 'x.txt': 'x' });
  });

  it('reads zip64, which archives of over 4 GiB or 65,535 files are', async () => {
    expect(await texts(asZip64(zipSync({ 'x.txt': strToU8(long) })))).toEqual({ 'x.txt': long });
  });

  it('refuses an archive whose files overlap, before anything is unpacked', async () => {
    const zip = zipSync({ 'a.txt': strToU8(long), 'b.txt': strToU8(long) }, { level: 0 });
    const { directory } = landmarks(zip);
    const view = new DataView(zip.buffer);
    // Both entries name the whole archive as their data.
    for (const at of [directory, directory + 46 + 5]) view.setUint32(at + 20, zip.length, true);
    await expect(texts(zip)).rejects.toMatchObject({
      code: 'zip-unreadable',
      message: expect.stringContaining('overlap'),
    });
  });

  it('stops unpacking a file that is larger than its directory says, and one that says more than is read', async () => {
    const bomb = zipSync({ 'a.txt': new Uint8Array(20_000_000) });
    const view = new DataView(bomb.buffer);
    const sizeAt = landmarks(bomb).directory + 24;
    view.setUint32(sizeAt, 1000, true);
    await expect(texts(bomb)).rejects.toMatchObject({ message: expect.stringContaining('not as long as') });
    view.setUint32(sizeAt, 0xfffffff0, true);
    await expect(texts(bomb)).rejects.toMatchObject({
      message: expect.stringContaining('bytes, and at most 2,147,483,648 are read'),
    });
  });

  it('reads an empty archive', async () => {
    expect(await texts(zipSync({}))).toEqual({});
  });

  it.each<[string, (zip: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>, string]>([
    ['lost its end', (zip) => zip.slice(0, -30), 'no directory at its end'],
    ['lost its beginning', (zip) => zip.slice(20), 'header is not where the directory says'],
    [
      'is protected by a password',
      (zip) => {
        zip[landmarks(zip).directory + 8]! |= 1;
        return zip;
      },
      'protected by a password',
    ],
    [
      'uses another compression',
      (zip) => {
        zip[landmarks(zip).directory + 10] = 14;
        return zip;
      },
      'method 14',
    ],
    [
      'holds a file with a flipped bit, as it is',
      () => {
        const stored = zipSync({ 'x.txt': [strToU8(long), { level: 0 }] });
        stored[60]! ^= 1;
        return stored;
      },
      'checksum',
    ],
    ['holds damaged data', (zip) => zip.fill(0xff, 40, 50), 'damaged'],
  ])('names the file when the archive %s', async (_, spoil, reason) => {
    const zip = spoil(zipSync({ 'x.txt': strToU8(long) }));
    await expect(texts(zip)).rejects.toMatchObject({
      code: 'zip-unreadable',
      message: expect.stringContaining(reason),
      details: { file: 'a.zip' },
    });
  });
});
