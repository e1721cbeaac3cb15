// node --import src/testing/fullDisk.mjs: a process whose disk is full after LAB_TEST_DISK_BYTES bytes.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

let leftBytes = Number(process.env.LAB_TEST_DISK_BYTES);

function take(bytes) {
  leftBytes -= bytes;
  if (leftBytes >= 0) return;
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    errno: -28,
    syscall: 'write',
  });
}

const probe = await open(process.execPath, 'r');
const handles = Object.getPrototypeOf(probe);
await probe.close();
const { write } = handles;
handles.write = async function writeWhileThereIsRoom(bytes, ...rest) {
  take(bytes.length);
  return write.call(this, bytes, ...rest);
};
const { writeSync } = fs;
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (descriptor > 2) take(bytes.length);
  return writeSync(descriptor, bytes, ...rest);
};
syncBuiltinESMExports();
