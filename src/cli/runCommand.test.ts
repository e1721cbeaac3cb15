import { expect, it } from 'vitest';
import { LabError } from '../foundation/labError';
import type { Command } from './commandLine';
import { createInterrupt } from './interrupt';
import { runCommand } from './runCommand';
import { fakeLab } from './testing/fakeLab';
import { recordedOutput } from './testing/recordedOutput';

function command(run: Command['run']): Command {
  return { summary: 'Does as the test says.', word: null, flags: {}, usesEngine: true, run };
}

function bench(open = async () => fakeLab({}).lab) {
  const { output, errors } = recordedOutput();
  const interrupt = createInterrupt();
  const opened: string[] = [];
  const start = (run: Command['run']) =>
    runCommand(
      command(run),
      { word: '', flags: {} },
      {
        output,
        interrupt,
        open() {
          opened.push('lab');
          return open();
        },
      },
    );
  return { start, interrupt, errors, opened };
}

it('Ctrl-C before the engine is asked for ends the command with 130 and opens none', async () => {
  const { start, interrupt, opened } = bench();
  const code = await start(async (line) => {
    interrupt.send();
    await line.lab();
    return 0;
  });
  expect(code).toBe(130);
  expect(opened).toEqual([]);
});

it('Ctrl-C between two jobs ends the command with 130, without the second', async () => {
  const { lab, started, closed } = fakeLab({ listInventory: () => ({}) });
  const { start, interrupt } = bench(async () => lab);
  const code = await start(async (line) => {
    await (await line.lab()).run('listInventory', {});
    interrupt.send();
    await (await line.lab()).run('listInventory', {});
    return 0;
  });
  expect(code).toBe(130);
  expect(started).toEqual(['listInventory']);
  expect(closed()).toBe(1);
});

it('Ctrl-C while the engine opens keeps the first job from starting', async () => {
  const { lab, started } = fakeLab({ listInventory: () => ({}) });
  let finishOpening = () => undefined as void;
  const { start, interrupt } = bench(() => new Promise((resolve) => (finishOpening = () => resolve(lab))));
  const running = start(async (line) => {
    await (await line.lab()).run('listInventory', {});
    return 0;
  });
  interrupt.send();
  finishOpening();
  expect(await running).toBe(130);
  expect(started).toEqual([]);
});

it('an engine that fails to open after Ctrl-C is reported once, and the command ends with 130', async () => {
  const failure = new LabError({ code: 'no-backend', message: 'No browser.', hint: 'Install one.' });
  const { start, interrupt, errors } = bench(async () => {
    interrupt.send();
    throw failure;
  });
  expect(await start(async (line) => (await line.lab(), 0))).toBe(130);
  expect(errors.map(({ code }) => code)).toEqual(['no-backend']);
});

it('Ctrl-C reaches what runs outside the engine, also when it came before', async () => {
  const { start, interrupt } = bench();
  const stopped: string[] = [];
  await start(async (line) => {
    line.onInterrupt(() => stopped.push('early'));
    interrupt.send();
    interrupt.send();
    line.onInterrupt(() => stopped.push('late'));
    return 0;
  });
  expect(stopped).toEqual(['early', 'late']);
});

it.each([
  ['config-invalid', 2],
  ['needs-answers', 2],
  ['cancelled', 130],
  ['out-of-memory', 1],
] as const)('an error %s ends with %i', async (code, expected) => {
  const { start } = bench();
  const ended = start(() => Promise.reject(new LabError({ code, message: 'It ended.', hint: 'Try again.' })));
  expect(await ended).toBe(expected);
});

it('what should not happen does not tell a terminal to reload a page', async () => {
  const { start, errors } = bench();
  expect(await start(() => Promise.reject(new TypeError('x is not a function')))).toBe(1);
  expect(errors[0]!.hint).not.toContain('page');
});
