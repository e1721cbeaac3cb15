import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../foundation/labError';
import type { ModelSummary } from '../../model/labModel';
import { formatRunRecord } from '../../recipe/parseRunRecord';
import type { RunRecord } from '../../recipe/runRecord';
import { scoresCsv } from '../../recipe/scoresCsv';
import { defaultTraining } from '../../training/trainSettings';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import type { HeadlessLab } from '../headlessLab';
import { type LabConfig, parseLabConfig } from '../labConfig';
import { loadData, loadModel } from '../loadInputs';
import { printRun } from '../printRun';

/** Side of stored images when neither the settings, the flags nor a ready model say one. */
const defaultImageSize = 64;

/**
 * `lab run CONFIG.json --data DIR|demo --out DIR`: the whole recipe. The record is written after every round, so that a
 * cancelled run leaves its finished rounds in the folder.
 */
export const run: Command = async (line) => {
  const file = requireWord(line, 0, 'The settings file');
  const out = requireOut(line);
  const config = parseLabConfig(await readFile(file, 'utf8'), file);
  await mkdir(out, { recursive: true });

  const lab = await line.lab();
  const ready = await readyModel(lab, config);
  const imageSize = ready?.imageSize ?? config.data.imageSize ?? Number(line.flags.image ?? defaultImageSize);
  const dataset = await loadData(line, config.data, imageSize);
  line.output.event({ kind: 'dataset', id: dataset.id, name: dataset.name, findings: dataset.findings });
  const model = ready ?? (await trainFromScratch(lab, line, config, dataset));

  let last: RunRecord | null = null;
  const keep = async (record: RunRecord) => {
    last = record;
    await writeFile(join(out, 'run.json'), formatRunRecord(record));
    await writeFile(join(out, 'scores.csv'), scoresCsv(record));
  };
  let writing = Promise.resolve();
  try {
    const record = await lab.run(
      'runRecipe',
      { datasetId: dataset.id, modelId: model.id, config: config.run },
      {
        listener: {
          progress: line.output.progress,
          partial: ({ record: soFar }) => {
            writing = writing.then(() => keep(soFar));
          },
        },
      },
    );
    await writing;
    await keep(record);
    await writeModels(lab, record, out);
    printRun(record, line.output);
    line.output.text(`\nWritten to ${out}: run.json, scores.csv and the model of each arm's reported round.`);
    return exitCodes.ok;
  } catch (error) {
    await writing;
    const kept = last as RunRecord | null;
    if (kept) {
      await writeModels(lab, kept, out);
      line.output.text(`\nWhat had finished is in ${out}.`);
    }
    throw error;
  }
};

function requireOut(line: CommandLine): string {
  if (line.flags.out !== undefined) return line.flags.out;
  throw new LabError({
    code: 'config-invalid',
    message: '--out is missing.',
    hint: 'Name the folder for the results, for example --out out/demo.',
  });
}

/** A model that exists already; null when the settings ask for one to be trained. */
async function readyModel(lab: HeadlessLab, { model }: LabConfig): Promise<ModelSummary | null> {
  if (model === 'demo-baseline') return loadModel(lab, 'demo');
  return 'file' in model ? loadModel(lab, model.file) : null;
}

async function trainFromScratch(
  lab: HeadlessLab,
  line: CommandLine,
  { model }: LabConfig,
  dataset: Awaited<ReturnType<typeof loadData>>,
): Promise<ModelSummary> {
  if (model === 'demo-baseline' || 'file' in model) throw new TypeError('This model exists already.');
  const { architecture: name, widthMultiplier, seed, training } = model;
  const { imageSize, classNames } = dataset;
  const trained = await lab.run(
    'trainModel',
    {
      datasetId: dataset.id,
      name: `${name}, trained on ${dataset.name}`,
      architecture: { name, imageSize, classCount: classNames.length, widthMultiplier, seed },
      settings: { ...defaultTraining, ...training },
      seed,
    },
    {
      listener: {
        progress: line.output.progress,
        partial: (epoch) => line.output.event({ kind: 'epoch', ...epoch }),
      },
    },
  );
  return trained.model;
}

/** The model of every arm's reported round: the chosen one, or the last when none was chosen. */
async function writeModels(lab: HeadlessLab, record: RunRecord, out: string): Promise<void> {
  for (const { arm, rounds, chosenRound } of record.arms) {
    const round = rounds[(chosenRound || rounds.length) - 1];
    if (!round) continue;
    const { bytes } = await lab.run('exportModel', { modelId: round.modelId, runId: record.id });
    await writeFile(join(out, `${arm}-round-${round.round}.zip`), new Uint8Array(bytes));
  }
}
