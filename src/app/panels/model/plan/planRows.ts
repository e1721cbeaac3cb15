import type { ArchitecturePlan } from '../../../../model/architectures/architecturePlan';
import { type PlanUse, sketchPlan } from '../../../../model/architectures/layOutPlan';
import { stepLabels } from '../../../../model/architectures/stepProblem';
import { stepWords } from './stepWords';

/** A step of a plan with what it makes and costs. */
export interface PlanRow {
  /** Counted from 1; the layer that gives the logits comes last. */
  number: number;
  label: string;
  /** What is set, in a few words. */
  words: string;
  /** Height, width and channels of the maps, or how many numbers; null behind a step that does not fit. */
  outputShape: number[] | null;
  parameters: number;
  macs: number;
}

export interface PlanOverview {
  /** One per step, and one for the layer that gives the logits. */
  rows: PlanRow[];
  /** What does not fit, and at which step; null when all does. */
  problem: { step: number; message: string; hint: string } | null;
}

/** What the steps of a plan make and cost, up to the first that does not fit. */
export function planOverview(plan: ArchitecturePlan, use: PlanUse): PlanOverview {
  const { layers, problem } = sketchPlan(plan, use);
  const described = [
    ...plan.map((step) => ({ label: stepLabels[step.kind], words: stepWords(step) })),
    { label: 'Logits', words: `dense, ${use.classCount} classes` },
  ];
  const rows = described.map((words, index): PlanRow => {
    const own = layers.filter(({ step }) => step === index + 1);
    return {
      number: index + 1,
      ...words,
      outputShape: own.at(-1)?.outputShape ?? null,
      parameters: own.reduce((sum, { parameters }) => sum + parameters, 0),
      macs: own.reduce((sum, { macs }) => sum + macs, 0),
    };
  });
  return {
    rows,
    problem: problem && { step: Number(problem.details?.step), message: problem.message, hint: problem.hint },
  };
}

/** `64×64×8`, or how many numbers. */
export function shapeWords(shape: readonly number[] | null): string {
  return shape ? shape.join('×') : '–';
}
