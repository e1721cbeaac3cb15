import { expect, it } from 'vitest';
import { originOfFiles } from './modelOrigin';

// SHA-256 of "abc" and of nothing, from FIPS 180-2 and NIST's example files.
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const files = (...listed: [name: string, sha256: string][]) => ({
  kind: 'files',
  files: listed.map(([name, sha256]) => ({ name, sha256 })),
});

it.each([
  ['a file by itself', [file('net.zip', 'abc')], files(['net.zip', ofAbc])],
  [
    'files, in the order of their names',
    [file('weights.bin', 'abc'), file('model.json', '')],
    files(['model.json', ofNothing], ['weights.bin', ofAbc]),
  ],
  [
    'a folder, whose name is no part of theirs',
    [file('net/variables/a.bin', ''), file('net/model.json', 'abc')],
    files(['model.json', ofAbc], ['variables/a.bin', ofNothing]),
  ],
  [
    'two folders, which are',
    [file('one/a.bin', 'abc'), file('two/a.bin', '')],
    files(['one/a.bin', ofAbc], ['two/a.bin', ofNothing]),
  ],
])('%s', async (_, given, origin) => {
  expect(await originOfFiles(given)).toEqual(origin);
});
