import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownershipContract } from '../../testing/ownershipContract';
import { startOf } from './livingProcess';
import { createLockFileOwnership } from './lockFileOwnership';

const patienceMs = 300;
let root: string;
let children: ChildProcess[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lock-files-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

const here = () => createLockFileOwnership(root, patienceMs);

/** A process that takes a name and keeps it until it is killed; what it says: `has it`, or the code of its refusal. */
async function startHolder(hold: 'own' | 'share', name: string) {
  const script = resolve('src/testing/holdLockFile.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, root, hold, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said };
}

async function kill({ child }: { child: ChildProcess }) {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('ownership by lock files', () => {
  for (const { name, see, expected } of ownershipContract) {
    it(name, async () => {
      expect(await see(here(), here())).toEqual(expected);
      expect(await readdir(join(root, 'locks'))).toEqual([]);
    });
  }

  it('is kept by another process until it is killed, and free then', async () => {
    const holder = await startHolder('own', 'run/r1');
    expect(holder.said).toBe('has it');
    expect([...(await here().owned())]).toEqual([['run/r1', 'elsewhere']]);
    await expect(here().share('run/r1', async () => undefined)).rejects.toMatchObject({
      code: 'in-use',
      message: `The run r1 is in use by process ${holder.child.pid} of this machine.`,
    });
    await kill(holder);
    expect((await here().owned()).size).toBe(0);
    expect(await here().own('run/r1', async () => 'mine')).toBe('mine');
    expect(await readdir(join(root, 'locks'))).toEqual([]);
  });

  it('is shared with other processes, and refused to owners until the last of them is killed', async () => {
    const [first, second] = await Promise.all([startHolder('share', 'model/m'), startHolder('share', 'model/m')]);
    expect([first.said, second.said]).toEqual(['has it', 'has it']);
    await kill(first);
    await expect(here().own('model/m', async () => undefined)).rejects.toMatchObject({ code: 'in-use' });
    await kill(second);
    expect(await here().own('model/m', async () => 'mine')).toBe('mine');
  });

  it('goes to exactly one of several processes that start at once', async () => {
    const started = await Promise.all(Array.from({ length: 4 }, () => startHolder('own', 'run/r1')));
    expect(started.map(({ said }) => said).sort()).toEqual(['has it', 'in-use', 'in-use', 'in-use']);
  });

  it('goes to exactly one at a time, however many want it at once', async () => {
    let owners = 0;
    let most = 0;
    const patient = () => createLockFileOwnership(root, 20_000);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        patient().own('run/r1', async () => {
          owners += 1;
          most = Math.max(most, owners);
          await new Promise((done) => setTimeout(done, 5));
          owners -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
  });

  it('is not kept by a process that has the id of one which ended before', async () => {
    const { child } = await startHolder('own', 'run/r1');
    const [file] = await readdir(join(root, 'locks'));
    await kill({ child });
    const start = await startOf(process.pid);
    const reused = file!.replace(new RegExp(`\\.${child.pid}\\.\\d*\\.`), `.${process.pid}.1${start}.`);
    await writeFile(join(root, 'locks', reused), '');
    // Only Linux says when a process started; elsewhere the living process is believed to have it.
    const expected = start === '' ? 1 : 0;
    expect((await here().owned()).size).toBe(expected);
  });

  it('of another machine is kept, and its file is named', async () => {
    await here().own('run/r1', async () => {
      const [file] = await readdir(join(root, 'locks'));
      const far = file!.replace('run%2Fr1', 'run%2Fr2').replace(/\.own\.[^.]+\./, '.own.far.');
      await writeFile(join(root, 'locks', far), '');
    });
    await expect(here().own('run/r2', async () => undefined)).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringMatching(
        /process \d+ of the machine far \(if that has ended, delete .*run%2Fr2\.own\.far\./,
      ),
    });
  });
});
