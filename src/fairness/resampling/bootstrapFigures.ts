import type { JobContext } from '../../foundation/jobContext';
import { fateOfFigures } from '../computeFate';
import { figuresOf } from '../evaluateGroups';
import type { Estimate, FigureTree } from '../fairnessEvaluation';
import { type GapName, gapNames } from '../gapDefinitions';
import { type BootstrapSettings, bootstrapStatistics, type Figures } from './bootstrapStatistics';
import type { EvaluatedModel, EvaluatedSamples } from './evaluatedModel';
import { listFigures, mapFigures } from './figureTree';

/** Estimates of a model, of its baseline, and of the model against the baseline. */
export interface BootstrapEstimates {
  model: FigureTree<Estimate>;
  against: {
    baseline: FigureTree<Estimate>;
    differences: FigureTree<Estimate>;
    fate: Record<GapName, Estimate>;
  } | null;
}

/**
 * Every figure with its bootstrap interval; against a baseline also the differences and FATE, paired
 * (see {@link bootstrapStatistics}).
 *
 * @param settings.lambda λ of FATE
 * @throws LabError `cancelled`
 */
export async function bootstrapFigures(
  samples: EvaluatedSamples,
  model: EvaluatedModel,
  baseline: EvaluatedModel | null,
  settings: BootstrapSettings & { lambda: number },
  context: JobContext,
): Promise<BootstrapEstimates> {
  const models = baseline ? [model, baseline] : [model];
  const derive = ([ofModel, ofBaseline]: Figures[]) => listStatistics(ofModel!, ofBaseline ?? null, settings.lambda);
  const estimates = await bootstrapStatistics(samples, models, derive, settings, context);
  const figures = figuresOf(model.observed);
  const size = listFigures(figures).length;
  const treeAt = (block: number) => mapFigures(figures, (_, index) => estimates[block * size + index]!);
  return {
    model: treeAt(0),
    against: baseline && {
      baseline: treeAt(1),
      differences: treeAt(2),
      fate: Object.fromEntries(gapNames.map((name, g) => [name, estimates[3 * size + g]!])) as Record<
        GapName,
        Estimate
      >,
    },
  };
}

/** The figures of the model and, against a baseline, those of the baseline, the differences and FATE under each gap. */
function listStatistics(model: Figures, baseline: Figures | null, lambda: number): number[] {
  const ofModel = listFigures(model);
  if (baseline === null) return ofModel;
  const ofBaseline = listFigures(baseline);
  const differences = ofModel.map((value, index) => value - ofBaseline[index]!);
  const fates = gapNames.map((name) => fateOfFigures(model, baseline, name, lambda) ?? Number.NaN);
  return [...ofModel, ...ofBaseline, ...differences, ...fates];
}
