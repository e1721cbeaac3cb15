import type { PruningPlan, PruningTargets } from '../model/labModel';
import type { ModelSummary } from '../model/modelSummary';
import { describeGrowth, isGrowth } from '../recipe/describeGrowth';
import type { OpenLab } from './openLab';
import type { Output } from './output';

/** Says beforehand that a plan makes a network larger, and which mode makes it smaller. */
export async function printGrowth(
  lab: OpenLab,
  { model, targets, plan }: { model: ModelSummary; targets: PruningTargets; plan: PruningPlan },
  output: Output,
): Promise<void> {
  if (!isGrowth(plan)) return;
  const smaller = await lab.run('planPruning', { modelId: model.id, targets, mode: 'stage' });
  const sentence = describeGrowth(plan, smaller);
  output.event({ kind: 'growth', sentence });
  if (sentence !== null) output.line(sentence);
}
