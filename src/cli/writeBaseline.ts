import { join } from 'node:path';
import Papa from 'papaparse';
import type { TrainedModel } from '../engine/protocol/jobMap';
import type { ModelSummary } from '../model/modelSummary';
import type { BaselineOrigin } from '../recipe/baselineOrigin';
import type { OpenLab } from './openLab';
import { readInput } from './readInput';
import { makeOutputFolder, writeOutput } from './writeOutput';

/** The folder of the unpruned model in a run's folder, beside the files of the arms. */
const folderName = 'baseline';
const settingsName = 'training.json';
const curvesName = 'curves.csv';
export const baselineFile = join(folderName, 'model.zip');

/** How the unpruned model was trained, as text: `training.json` and `curves.csv`. */
export interface TrainingFiles {
  settings: string;
  curves: string;
}

export function describeTraining(
  { endedBy, notes, history }: TrainedModel,
  { kind: _kind, ...settings }: Extract<BaselineOrigin, { kind: 'trained' }>,
): TrainingFiles {
  const curves = history.map(({ epoch, learningRate, trainLoss, validationLoss, validationAccuracy, warning }) => ({
    epoch,
    learning_rate: learningRate,
    train_loss: trainLoss,
    validation_loss: validationLoss,
    validation_accuracy: validationAccuracy,
    warning: warning ?? '',
  }));
  return {
    settings: `${JSON.stringify({ ...settings, endedBy, notes }, null, 2)}\n`,
    curves: `${Papa.unparse(curves, { newline: '\n' })}\n`,
  };
}

/** The same of an earlier run's folder. @throws LabError `config-invalid` when they are gone */
export async function readTraining(out: string): Promise<TrainingFiles> {
  const read = (name: string) => readInput(join(out, folderName, name));
  return { settings: await read(settingsName), curves: await read(curvesName) };
}

export async function writeTraining({ settings, curves }: TrainingFiles, out: string): Promise<void> {
  const folder = join(out, folderName);
  await makeOutputFolder(folder);
  await writeOutput(folder, settingsName, settings);
  await writeOutput(folder, curvesName, curves);
}

/** Writes the unpruned model. A cancel does not lose it. */
export async function writeBaseline(lab: OpenLab, { id }: Pick<ModelSummary, 'id'>, out: string): Promise<void> {
  const params = { modelId: id, runId: null, format: 'tfjs' } as const;
  const { bytes } = await lab.run('exportModel', params, { despiteCancel: true });
  await makeOutputFolder(join(out, folderName));
  await writeOutput(out, baselineFile, new Uint8Array(bytes));
}
