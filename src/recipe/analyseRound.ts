import { splitIndices } from '../dataset/stored/dataset';
import { analysePredictions } from '../fairness/analysePredictions';
import type { AnalysisSettings, FairnessAnalysis, ModelOutput } from '../fairness/fairnessAnalysis';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { importanceLabel } from '../importance/importances';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { type DatasetPrediction, predictDataset } from '../training/predictDataset';
import { softmaxRows } from '../training/softmaxRows';
import type { ViewingBench } from './recipeBench';
import type { RoundName, RunRecord } from './runRecord';

/**
 * Everything that can be said of one round's predictions on the validation split, against the unpruned model's: intervals
 * of every group, calibration from the scores, every definition of a gap. The run's record has the paper's table of it
 * already; this looks again with the stored models.
 *
 * @throws LabError `run-not-found` when the run has no such round; `model-not-found`; as `analysePredictions` does
 */
export async function analyseRound(
  record: RunRecord,
  { arm, round }: RoundName,
  bench: ViewingBench,
  settings: AnalysisSettings,
  context: JobContext,
): Promise<FairnessAnalysis> {
  const found = record.arms.find((candidate) => candidate.arm === arm)?.rounds.find((entry) => entry.round === round);
  if (!found) {
    throw new LabError({
      code: 'run-not-found',
      message: `The run ${record.id} has no round ${round} of ${importanceLabel(arm)}.`,
      hint: 'Choose a finished round.',
    });
  }
  const { dataset, unpruned } = bench;
  const { classNames, groupNames, samples } = dataset.manifest;
  const indices = splitIndices(dataset.manifest, 'validation');
  const predict = (model: LabModel, part: JobContext) => predictDataset(model, dataset, indices, part);
  const baseline = await predict(unpruned, context.part('Predicting, unpruned', 0, 0.1));
  const model = await bench.loadModel(found.modelId);
  try {
    const prediction = await predict(model, context.part('Predicting', 0.1, 0.2));
    return await analysePredictions(
      {
        labels: prediction.labels,
        groups: prediction.groups,
        classNames,
        groupNames: [...groupNames],
        model: outputOf(prediction, classNames.length),
        baseline: outputOf(baseline, classNames.length),
        clusters: samples.clusters && Array.from(indices, (index) => samples.clusters![index]!),
      },
      settings,
      context.part('', 0.2, 1),
    );
  } finally {
    disposeModel(model);
  }
}

function outputOf({ predicted, logits }: DatasetPrediction, classCount: number): ModelOutput {
  return { predicted, scores: softmaxRows(logits, classCount) };
}
