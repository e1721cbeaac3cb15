import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeRecord } from '../app/testing/fakeData';
import { createRecordWriter } from './recordWriter';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-record-'));
});
afterEach(() => rm(folder, { recursive: true }));

const [first, second] = [fakeRecord(undefined, 1), fakeRecord(undefined, 2)];

it('leaves the newest record in the folder', async () => {
  const writer = createRecordWriter(folder);
  writer.write(first);
  writer.write(second);
  await writer.settled();
  expect(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(second)));
  expect(writer.last()).toBe(second);
});

it('keeps a failed write until it is asked, and names the file', async () => {
  await mkdir(join(folder, 'run.json'));
  const writer = createRecordWriter(folder);
  writer.write(first);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(writer.settled()).rejects.toMatchObject({
    code: 'storage-failed',
    message: expect.stringContaining(join(folder, 'run.json')),
  });
});

it('forgets a failure that a later write has made good', async () => {
  await mkdir(join(folder, 'run.json'));
  const writer = createRecordWriter(folder);
  writer.write(first);
  await expect(writer.settled()).rejects.toMatchObject({ code: 'storage-failed' });
  await rm(join(folder, 'run.json'), { recursive: true });
  writer.write(second);
  await writer.settled();
});
