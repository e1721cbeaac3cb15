import { join } from 'node:path';
import Papa from 'papaparse';
import type { HeadlessLab } from './headlessLab';
import type { RunInputs } from './prepareRun';
import { makeOutputFolder, writeOutput } from './writeOutput';

/** The folder of the unpruned model in a run's folder, beside those of the arms. */
const folderName = 'baseline';
export const baselineFile = join(folderName, 'model.zip');

/** Writes how the unpruned model was trained, when it was trained for this run: settings and curves. */
export async function writeTraining({ origin, training }: RunInputs, out: string): Promise<void> {
  if (origin.kind !== 'trained' || training === null) return;
  const { kind: _kind, ...settings } = origin;
  const { endedBy, notes, history } = training;
  const curves = history.map(({ epoch, learningRate, trainLoss, validationLoss, validationAccuracy, warning }) => ({
    epoch,
    learning_rate: learningRate,
    train_loss: trainLoss,
    validation_loss: validationLoss,
    validation_accuracy: validationAccuracy,
    warning: warning ?? '',
  }));
  const folder = join(out, folderName);
  await makeOutputFolder(folder);
  await writeOutput(folder, 'training.json', `${JSON.stringify({ ...settings, endedBy, notes }, null, 2)}\n`);
  await writeOutput(folder, 'curves.csv', `${Papa.unparse(curves, { newline: '\n' })}\n`);
}

/** Writes the unpruned model. A cancel does not lose it. */
export async function writeBaseline(lab: HeadlessLab, { model }: Pick<RunInputs, 'model'>, out: string): Promise<void> {
  const params = { modelId: model.id, runId: null, format: 'tfjs' } as const;
  const { bytes } = await lab.run('exportModel', params, { despiteCancel: true });
  await makeOutputFolder(join(out, folderName));
  await writeOutput(out, baselineFile, new Uint8Array(bytes));
}
