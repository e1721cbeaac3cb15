import type { ComparedModels, EvaluationInput, ModelOutput } from '../fairness/comparedModels';
import type { Predictions } from '../fairness/predictions/predictions';

/** Samples in the groups of one attribute, with probabilities where there are scores, as what is evaluated. */
export function evaluationInput(compared: ComparedModels): EvaluationInput {
  const { labels, groups, groupNames, classNames, clusters, model, baseline } = compared;
  const attributes = [{ name: 'group', groupNames, groups }];
  const predictionsOf = ({ predicted, scores }: ModelOutput): Predictions => ({
    classNames,
    labels,
    attributes,
    clusters,
    predicted,
    scores: scores && { kind: 'probabilities', values: scores },
  });
  return { model: predictionsOf(model), baseline: baseline && predictionsOf(baseline), attribute: 0 };
}
