import type { JobContext } from '../foundation/jobContext';
import { fateOfFigures } from './computeFate';
import { type ClassifiedSamples, checkPredictions } from './countConfusion';
import type { Estimate } from './fairnessEvaluation';
import { type GapName, gapNames } from './gapDefinitions';
import { type BootstrapSettings, bootstrapStatistics, type Figures } from './resampling/bootstrapStatistics';
import { openEvaluatedModel } from './resampling/evaluatedModel';

/** Two models and the baseline that FATE is taken against, on the same samples in the same order. */
export interface FateContest {
  samples: Omit<ClassifiedSamples, 'predicted'>;
  /** Predicted class of each sample. */
  model: ArrayLike<number>;
  rival: ArrayLike<number>;
  baseline: ArrayLike<number>;
  /** Patient or lesion of each sample, or null. */
  clusters: string[] | null;
}

/** FATE of two models, of the first minus the second, and the difference of their gaps, under one definition of the gap. */
export interface FateDifference {
  model: Estimate;
  rival: Estimate;
  /** An interval that holds 0 is no evidence that the first does better. */
  difference: Estimate;
  /** The first model's gap minus the second's: below 0, the first has the smaller one. */
  gapDifference: Estimate;
}

/**
 * Whether a model's FATE differs from a rival's, such as that of a control arm: the difference has a paired interval,
 * since both models and their baseline are read on the same draws. Two intervals that overlap say less.
 *
 * @param settings.lambda λ of FATE
 * @throws LabError `predictions-invalid`, `group-too-small`, `cancelled`
 */
export async function compareFates(
  { samples: given, model, rival, baseline, clusters }: FateContest,
  settings: BootstrapSettings & { lambda: number },
  context: JobContext,
): Promise<Record<GapName, FateDifference>> {
  const { groupCount = 2, classCount } = given;
  const outputs = [model, rival, baseline];
  for (const predicted of outputs) checkPredictions({ ...given, predicted });
  const samples = {
    labels: Int32Array.from(given.labels),
    groups: Int32Array.from(given.groups),
    classCount,
    groupCount,
    clusters,
  };
  const derive = ([ofModel, ofRival, ofBaseline]: Figures[]) =>
    gapNames.flatMap((name) => {
      const fateOfModel = fateOfFigures(ofModel!, ofBaseline!, name, settings.lambda) ?? Number.NaN;
      const fateOfRival = fateOfFigures(ofRival!, ofBaseline!, name, settings.lambda) ?? Number.NaN;
      const gapDifference = (ofModel!.gaps[name] ?? Number.NaN) - (ofRival!.gaps[name] ?? Number.NaN);
      return [fateOfModel, fateOfRival, fateOfModel - fateOfRival, gapDifference];
    });
  const models = outputs.map((predicted) => openEvaluatedModel(samples, predicted, null));
  const estimates = await bootstrapStatistics(samples, models, derive, settings, context);
  return Object.fromEntries(
    gapNames.map((name, g) => {
      const [ofModel, ofRival, difference, gapDifference] = estimates.slice(4 * g, 4 * g + 4);
      return [name, { model: ofModel!, rival: ofRival!, difference: difference!, gapDifference: gapDifference! }];
    }),
  ) as Record<GapName, FateDifference>;
}
