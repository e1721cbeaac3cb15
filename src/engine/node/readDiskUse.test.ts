import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { readDiskUse } from './readDiskUse';

it.skipIf(process.platform === 'win32')('says what df says', async () => {
  const { usedBytes, quotaBytes } = await readDiskUse(tmpdir());
  // Total and available blocks of 1024 bytes, second and fourth of POSIX's columns.
  const [, , total, , available] = execFileSync('df', ['-Pk', tmpdir()], { encoding: 'utf8' })
    .split('\n')[1]!
    .match(/^(\S+)\s+(\d+)\s+(\d+)\s+(\d+)/)!;
  expect(quotaBytes).toBe(Number(total) * 1024);
  // Others write meanwhile.
  expect(Math.abs(quotaBytes - usedBytes - Number(available) * 1024)).toBeLessThan(2 ** 30);
});
