import { parseArgs } from 'node:util';
import { LabError, toErrorData } from '../foundation/labError';
import { type Command, type CommandLine, exitCodes } from './commandLine';
import { audit } from './commands/audit';
import { inspectData } from './commands/inspectData';
import { inspectModel } from './commands/inspectModel';
import { run } from './commands/run';
import { score } from './commands/score';
import { verify } from './commands/verify';
import { type HeadlessLab, openHeadlessLab } from './headlessLab';
import { createOutput, type Output } from './output';

const usage = `SNNL-Fair Lab, headless. Images stay on this machine.

  npm run lab -- run CONFIG.json --data DIR|demo --out DIR   the whole recipe: tables, run record, scores, models
  npm run lab -- score --data DIR|demo [--model FILE] [--preset paper|authors-code] [--layer NAME] [--out DIR]
  npm run lab -- data inspect DIR                            what a folder or zip holds
  npm run lab -- model inspect FILE|demo                     layers, parameters, MACs, what can be pruned
  npm run lab -- audit PREDICTIONS.csv [--attr COLUMN] [--baseline OTHER.csv]
  npm run lab -- verify VECTORS_DIR                          known vectors through reference, WASM and WebGPU

  --json               JSON lines on standard output
  --backend wasm|webgpu
  --image SIZE         side of the stored images in pixels (default: what the model takes, else 64)

Exit codes: 0 done · 1 failed, or a vector out of tolerance · 2 wrong usage or settings · 130 cancelled (finished rounds are kept)`;

const commands: Record<string, Command> = {
  run,
  score,
  'data inspect': inspectData,
  'model inspect': inspectModel,
  audit,
  verify,
};

const usageErrors = new Set(['config-invalid']);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      data: { type: 'string' },
      out: { type: 'string' },
      backend: { type: 'string' },
      preset: { type: 'string' },
      layer: { type: 'string' },
      model: { type: 'string' },
      baseline: { type: 'string' },
      label: { type: 'string' },
      prediction: { type: 'string' },
      attr: { type: 'string' },
      group0: { type: 'string' },
      image: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const { json, help, ...flags } = values;
  const output = createOutput(json);
  if (help || positionals[0] === 'help') {
    process.stdout.write(`${usage}\n`);
    return exitCodes.ok;
  }
  const name = [positionals.slice(0, 2).join(' '), positionals[0] ?? ''].find((candidate) => candidate in commands);
  if (name === undefined) {
    process.stderr.write(`${usage}\n`);
    return exitCodes.usage;
  }
  return runCommand(commands[name]!, { words: positionals.slice(name.split(' ').length), flags }, output);
}

/** Runs a command with an engine that is opened when asked for, cancelled by Ctrl-C, and closed at the end. */
async function runCommand(
  command: Command,
  { words, flags }: Pick<CommandLine, 'words' | 'flags'>,
  output: Output,
): Promise<number> {
  const engine: { opened?: Promise<HeadlessLab> } = {};
  const lab = () => (engine.opened ??= openHeadlessLab({ backend: parseBackend(flags.backend) }));
  const onInterrupt = () => void engine.opened?.then((opened) => opened.cancel());
  process.on('SIGINT', onInterrupt);
  try {
    return await command({ words, flags, output, lab });
  } catch (error) {
    const data = toErrorData(error);
    output.error(data);
    if (data.code === 'cancelled') return exitCodes.cancelled;
    return usageErrors.has(data.code) ? exitCodes.usage : exitCodes.failed;
  } finally {
    process.off('SIGINT', onInterrupt);
    await engine.opened?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }
}

function parseBackend(text: string | undefined): 'wasm' | 'webgpu' | null {
  if (text === undefined || text === 'wasm' || text === 'webgpu') return text ?? null;
  throw new LabError({
    code: 'config-invalid',
    message: `There is no backend "${text}".`,
    hint: 'Use --backend wasm or --backend webgpu, or leave the choice to the lab.',
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    createOutput(false).error(toErrorData(error));
    process.exit(exitCodes.usage);
  },
);
