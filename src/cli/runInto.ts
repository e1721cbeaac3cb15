import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { followRun } from '../engine/client/followRun';
import type { JobListener } from '../engine/labEngine';
import { LabError, toErrorData } from '../foundation/labError';
import type { ModelSummary } from '../model/modelSummary';
import type { RunConfig } from '../recipe/runConfig';
import type { RunRecord } from '../recipe/runRecord';
import { countWanted } from '../recipe/selectChannels';
import { completeConfig } from './completeConfig';
import type { LabConfig } from './labConfig';
import { findStoredRun, type RunFolder } from './namedRun';
import type { OpenLab } from './openLab';
import type { RunInputs, RunLine } from './prepareRun';
import { printGrowth } from './printGrowth';
import { printForecast, printRepairs } from './printStore';
import { createRecordWriter, type RecordWriter } from './recordWriter';
import { writeBaseline, writeTraining } from './writeBaseline';
import { makeOutputFolder, writeOutput } from './writeOutput';

/**
 * Runs the recipe into a folder. The record is written after every round, so that a cancelled run leaves its finished rounds
 * there. With the record go the settings that repeat the run, the unpruned model, and the model of each arm's chosen round.
 */
export async function runInto(line: RunLine, inputs: RunInputs, config: LabConfig, out: string): Promise<RunRecord> {
  const { dataset, model, origin } = inputs;
  const lab = await line.lab();
  await sayGrowth(line, lab, model, config.run);
  await printForecast(lab, model, config.run, line.output);
  await makeOutputFolder(out);
  const settings = completeConfig(config, dataset);
  const name = configName(line.word, out);
  await writeOutput(out, name, `${JSON.stringify(settings, null, 2)}\n`);
  if (name !== usualName) line.output.text(`${usualName} in ${out} stays as it was given; ${name} has every setting.`);
  if (inputs.training) await writeTraining(inputs.training, out);
  return writeWhileRunning(line, out, (listener) =>
    lab.run(
      'runRecipe',
      { datasetId: dataset.id, modelId: model.id, config: config.run, baselineOrigin: origin ?? undefined },
      { listener },
    ),
  );
}

/**
 * Goes on with a run that was interrupted, from the store, into the folder that holds its record.
 * @throws LabError `config-invalid` when the settings are not the run's; `run-not-found` when the store does not have it
 */
export async function resumeInto(line: RunLine, config: LabConfig, { folder, record }: RunFolder): Promise<RunRecord> {
  const lab = await line.lab();
  await printRepairs(lab, line.output);
  const { id, config: settings } = await findStoredRun(lab, record.id);
  if (!isDeepStrictEqual(settings, config.run)) {
    throw new LabError({
      code: 'config-invalid',
      message: `The run ${id} in ${folder} was started with other settings.`,
      hint: `Go on with it by its own settings, ${join(folder, 'config.json')}, or name another folder with --out.`,
      details: { path: folder },
    });
  }
  return writeWhileRunning(line, folder, (listener) => lab.run('resumeRun', { runId: id }, { listener }));
}

/** Runs, writes the record at every state, and the models at the end, however it ends. */
async function writeWhileRunning(
  line: RunLine,
  out: string,
  start: (listener: JobListener<'runRecipe'>) => Promise<unknown>,
): Promise<RunRecord> {
  const lab = await line.lab();
  const writer = createRecordWriter(out);
  const followed = followRun();
  try {
    await start({
      progress: line.output.progress,
      partial(event) {
        const soFar = followed.take(event);
        if (soFar) writer.write(soFar);
      },
    });
    const record = followed.record();
    await writer.settled();
    await writeModels(lab, record, out);
    return record;
  } catch (error) {
    await keepFinished(lab, writer, out).then(
      (kept) => kept && line.output.text(`\nWhat had finished is in ${out}.`),
      (problem: unknown) => problem !== error && line.output.error(toErrorData(problem, 'keeping what had finished')),
    );
    throw error;
  }
}

const usualName = 'config.json';

/** The settings file that was given stays as it is, also where it lies in the folder for the results. */
function configName(given: string, out: string): string {
  return resolve(given) === resolve(join(out, usualName)) ? 'config-complete.json' : usualName;
}

/** Plans as many channels as round 1 takes, whichever: how large the network gets depends on their number alone. */
async function sayGrowth(line: RunLine, lab: OpenLab, model: ModelSummary, { layer, pruning }: RunConfig) {
  const name = layer ?? model.defaultLayer;
  const channels = model.layers.find((candidate) => candidate.name === name)?.outputShape.at(-1) ?? 0;
  const count = countWanted({ ...pruning, channels, originalChannels: channels });
  if (name === null || count >= channels || pruning.mode !== 'tail') return;
  const targets = { [name]: Array.from({ length: count }, (_, channel) => channel) };
  const plan = await lab.run('planPruning', { modelId: model.id, targets, mode: pruning.mode });
  await printGrowth(lab, { model, targets, plan }, line.output);
}

/** Writes what a run that ended early had finished. False when that is nothing. */
async function keepFinished(lab: OpenLab, writer: RecordWriter, out: string): Promise<boolean> {
  await writer.settled();
  const record = writer.last();
  if (record) await writeModels(lab, record, out);
  return record !== null;
}

/** The unpruned model, and that of every arm's chosen round, or of its last when none was chosen. A cancel does not lose them. */
async function writeModels(lab: OpenLab, record: RunRecord, out: string): Promise<void> {
  await writeBaseline(lab, record.model, out);
  for (const { arm, rounds, chosenRound } of record.arms) {
    const round = rounds[(chosenRound || rounds.length) - 1];
    if (!round) continue;
    const { bytes } = await lab.run(
      'exportModel',
      { modelId: round.modelId, runId: record.id, format: 'tfjs' },
      { despiteCancel: true },
    );
    await writeOutput(out, `${arm}-round-${round.round}.zip`, new Uint8Array(bytes));
  }
}
