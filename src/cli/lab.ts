import { parseArgs } from 'node:util';
import { LabError, toErrorData } from '../foundation/labError';
import { type Command, exitCodes, flagOptions } from './commandLine';
import { audit } from './commands/audit';
import { auditTable } from './commands/auditTable';
import { convertModel } from './commands/convertModel';
import { exportRunModel } from './commands/exportRunModel';
import { importData } from './commands/importData';
import { inspectData } from './commands/inspectData';
import { inspectModel } from './commands/inspectModel';
import { predictImages } from './commands/predictImages';
import { pruneModel } from './commands/pruneModel';
import { run } from './commands/run';
import { score } from './commands/score';
import { splitData } from './commands/splitData';
import { verify } from './commands/verify';
import { openHeadlessLab } from './headlessLab';
import { createInterrupt } from './interrupt';
import { createOutput } from './output';
import { refuseUnused } from './refuseUnused';
import { runCommand } from './runCommand';

const usage = `SNNL-Fair Lab, headless. Images stay on this machine.

  npm run lab -- run CONFIG.json --data DIR|demo --out DIR   the whole recipe: tables, run record, scores, models
  npm run lab -- score --data DIR|demo [--model FILE] [--preset paper|authors-code] [--layer NAME]
            [--seed NUMBER] [--out DIR]                        SNNL-Fair of every channel of a layer
  npm run lab -- data inspect DIR                            what a folder or zip holds, and which known set it is
  npm run lab -- data import DIR [--mapping FILE.json] [--image SIZE] [--fit squeeze|pad|crop] [--seed NUMBER]
            [--assume ANSWERS]
                                                               decodes, maps and audits: counts and findings
  npm run lab -- data split DIR [--mapping FILE.json] [--seed NUMBER] [--assume ANSWERS] [--out FILE.csv]
                                                               class, group and split of every image
  npm run lab -- model inspect FILE|DIR|demo                 what was found, layers, parameters, MACs, what can be pruned
  npm run lab -- model convert FILE|DIR|demo --out DIR [--format tfjs|pytorch|onnx]
                                                               any readable model for tfjs, PyTorch or as ONNX
  npm run lab -- model prune FILE|DIR|demo [--layer NAME] --channels 1,5,9-12 --out DIR
            [--mode tail|stage|branch-zero|kernel-mask] [--format tfjs|pytorch|onnx]
            --channels "conv8=1,5;conv3=0"                     several layers at once
            --ratio 0.02 --data DIR|demo|--scores scores.csv   the lowest scores of a layer, in place of --channels
            --plan-only                                        every layer that would change; changes nothing
  npm run lab -- model predict FILE|DIR|demo --data DIR|demo [--split train|validation] | --images DIR
            [--out DIR]                                        predictions as CSV
  npm run lab -- model export RUN_DIR|FILE --out DIR [--format tfjs|pytorch|onnx] [--arm NAME]
                                                               a model of a run, with a card of what was measured
  npm run lab -- audit PREDICTIONS.csv [--attr COLUMN,COLUMN] [--group0 VALUE,VALUE] [--baseline OTHER.csv] [--out DIR]
            [--label COLUMN] [--prediction COLUMN] [--cluster COLUMN] [--id COLUMN] [--min-group SIZE]
            [--threshold PROBABILITY] [--assume ANSWERS]
            [--replicates NUMBER] [--permutations NUMBER] [--method percentile|bca] [--seed NUMBER]
                                                             every gap of any model's predictions, with its uncertainty
  npm run lab -- audit-table TABLE.csv|TABLE.md|paper [--baseline METHOD] [--accuracy NAME] [--lambda NUMBER] [--out DIR]
                                                             whether a published table's FATEs, Avg and Diff belong together
  npm run lab -- verify VECTORS_DIR                          known vectors through reference, WASM and WebGPU

  --json               JSON lines on standard output
  --backend wasm|webgpu, of every command but audit and audit-table
  --image SIZE         of data import, and of run when it trains a model on a folder: side of the stored images in pixels
                       (default 64);
                       of model …: side of the images of a checkpoint, which does not say it
  --assume "activation=relu;pools=1,2,4"|usual
                       of model … and score: what the file of a model leaves open; the questions are printed when it is left out
  --assume "spelling:sex=female=F|w, male=M;class:mell=accept"|FILE.json|usual
                       of audit, data import and data split: what tables leave open; the questions are printed when it is left
                       out; a file holds an object of keys and answers
  --fit squeeze|pad|crop, of data import, run and model …: how images of other shapes become squares: sides scaled apart
                       (default), padded to their shape (--fill 0 … 255, the grey beside them, default 0, black), or the
                       middle cropped (--margin 0 … 0.5, the share of the shorter side left out, default 0); with a model,
                       its own when it is known
  --mapping FILE.json  join, mapping and split, as the page saves them; what the tables suggest when left out
  --preprocessing unit|symmetric|bytes|imagenet|caffe|lab, --classes a,b,c, --name TEXT
                       of model …: how pixels go in, and what classes and model are called, where the file does not say it

Models: zip, tfjs layers model (model.json and .bin), Keras .h5 and .keras, PyTorch .pth and .pt, .safetensors, .onnx

Exit codes: 0 done · 1 failed, or a vector out of tolerance · 2 wrong usage or settings, or questions that want an answer · 130 cancelled (finished rounds are kept)`;

const commands: Record<string, Command> = {
  run,
  score,
  'data inspect': inspectData,
  'data import': importData,
  'data split': splitData,
  'model inspect': inspectModel,
  'model convert': convertModel,
  'model prune': pruneModel,
  'model predict': predictImages,
  'model export': exportRunModel,
  audit,
  'audit-table': auditTable,
  verify,
};

async function main(): Promise<number> {
  const { values, positionals } = parseWords();
  const { json, help, ...flags } = values;
  if (help || positionals[0] === 'help') {
    process.stdout.write(`${usage}\n`);
    return exitCodes.ok;
  }
  const names = [positionals.slice(0, 2).join(' '), positionals[0] ?? ''];
  const name = names.find((candidate) => Object.hasOwn(commands, candidate));
  if (name === undefined) {
    process.stderr.write(`${usage}\n`);
    return exitCodes.usage;
  }
  const command = commands[name]!;
  const words = positionals.slice(name.split(' ').length);
  refuseUnused(name, command, { words, flags });
  const backend = parseBackend(flags.backend);

  const interrupt = createInterrupt();
  process.on('SIGINT', interrupt.send);
  return runCommand(
    command,
    { words, flags },
    { output: createOutput(json), interrupt, open: () => openHeadlessLab({ backend }) },
  );
}

function parseWords() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...flagOptions,
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new LabError({
      code: 'config-invalid',
      message: cause instanceof Error ? cause.message : String(cause),
      hint: 'Type "npm run lab -- help" to see what each command takes.',
      cause,
    });
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

// Whoever reads the output may have enough of it, as `head` has: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const data = toErrorData(error);
    createOutput(process.argv.includes('--json')).error(data);
    process.exit(data.code === 'config-invalid' ? exitCodes.usage : exitCodes.failed);
  },
);
