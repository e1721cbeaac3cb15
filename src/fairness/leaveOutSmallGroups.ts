import { LabError } from '../foundation/labError';
import type { ComparedModels, ModelOutput } from './comparedModels';
import type { FairnessEvaluation } from './fairnessEvaluation';

/** Samples of the groups that are large enough, and what was left out. */
export interface EnoughSamples {
  input: ComparedModels;
  leftOut: FairnessEvaluation['leftOut'];
}

/** Groups that a message names. */
const mostNamed = 6;

/**
 * Leaves out groups with fewer samples than the minimum, empty ones always, and numbers the others anew in their order.
 *
 * @param input checked
 * @throws LabError `group-too-small` when fewer than two groups are left
 */
export function leaveOutSmallGroups(input: ComparedModels, minimum: number): EnoughSamples {
  const { labels, groups, groupNames, classNames, model, baseline, clusters } = input;
  const sizes = new Int32Array(groupNames.length);
  for (let i = 0; i < groups.length; i++) sizes[groups[i]!]!++;
  const isLarge = (group: number) => sizes[group]! >= Math.max(1, minimum);
  const kept = [...sizes.keys()].filter(isLarge);
  if (kept.length < 2) {
    const named = groupNames.slice(0, mostNamed).map((name, group) => `${name}: ${sizes[group]}`);
    const more = groupNames.length - named.length;
    const found = [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
    throw new LabError({
      code: 'group-too-small',
      message: `Fewer than two groups have ${Math.max(1, minimum)} samples or more (${found}), so there is nothing to compare.`,
      hint: 'Use more samples, merge groups, lower the minimum, or choose another sensitive attribute.',
      details: { minimum, groups: kept.length },
    });
  }
  if (kept.length === groupNames.length) return { input, leftOut: [] };

  const newIndex = Int32Array.from(sizes, (_, group) => kept.indexOf(group));
  const samples = Int32Array.from(Array.from(groups, (_, i) => i).filter((i) => isLarge(groups[i]!)));
  const pick = (values: ArrayLike<number>) => samples.map((i) => values[i]!);
  const pickOutput = ({ predicted, scores }: ModelOutput): ModelOutput => ({
    predicted: pick(predicted),
    scores: scores && pickRows(scores, samples, classNames.length),
  });
  return {
    input: {
      ...input,
      labels: pick(labels),
      groups: samples.map((i) => newIndex[groups[i]!]!),
      groupNames: kept.map((group) => groupNames[group]!),
      model: pickOutput(model),
      baseline: baseline && pickOutput(baseline),
      clusters: clusters && Array.from(samples, (i) => clusters[i]!),
    },
    leftOut: groupNames.flatMap((groupName, group) => (isLarge(group) ? [] : [{ groupName, n: sizes[group]! }])),
  };
}

function pickRows(values: ArrayLike<number>, rows: Int32Array, width: number): Float64Array {
  const picked = new Float64Array(rows.length * width);
  for (const [to, from] of rows.entries()) {
    for (let k = 0; k < width; k++) picked[to * width + k] = values[from * width + k]!;
  }
  return picked;
}
