import type { PruningPlan } from '../model/labModel';

type Parameters = Pick<PruningPlan, 'mode' | 'parametersBefore' | 'parametersAfter'>;

/** Whether a plan leaves a network with more parameters than it had: the layers that it puts in cost more than the channels. */
export function isGrowth({ parametersBefore, parametersAfter }: Parameters): boolean {
  return parametersAfter > parametersBefore;
}

/**
 * What is to be known of a plan that makes the network larger, before anything is changed.
 *
 * @param smaller the plan that takes the same channels from the whole stage; null when there is none
 * @returns null for a plan that does not
 */
export function describeGrowth(plan: Parameters, smaller: Parameters | null): string | null {
  if (!isGrowth(plan)) return null;
  const growth = `This makes the network larger, not smaller: ${fall(plan)} parameters. The layers that let only the kept channels into an addition cost more than the channels that go.`;
  return smaller && !isGrowth(smaller)
    ? `${growth} Mode ${smaller.mode} takes the channels from every layer that the addition ties them to: ${fall(smaller)} parameters, and a larger change.`
    : growth;
}

function fall({ parametersBefore, parametersAfter }: Parameters): string {
  const [before, after] = [parametersBefore, parametersAfter].map((count) => count.toLocaleString('en-GB'));
  return `${before} → ${after}`;
}
