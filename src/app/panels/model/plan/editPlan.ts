import {
  type ArchitecturePlan,
  type PlanStep,
  parsePlan,
  type StepKind,
  type WrittenPlan,
} from '../../../../model/architectures/architecturePlan';

/** A step of each kind to begin with. */
const newSteps: Record<StepKind, WrittenPlan[number]> = {
  convolution: { kind: 'convolution', filters: 16 },
  'depthwise-convolution': { kind: 'depthwise-convolution' },
  'max-pooling': { kind: 'max-pooling' },
  'average-pooling': { kind: 'average-pooling' },
  'global-average': { kind: 'global-average' },
  'global-max': { kind: 'global-max' },
  flatten: { kind: 'flatten' },
  dense: { kind: 'dense', units: 64 },
  dropout: { kind: 'dropout', rate: 0.5 },
};

/** Kinds between which a step keeps what it has. */
const families: readonly (readonly StepKind[])[] = [
  ['convolution', 'depthwise-convolution'],
  ['max-pooling', 'average-pooling'],
];

/** A step of another kind, with the fields of the present one where the two are alike. */
export function stepOfKind(kind: StepKind, present: PlanStep): PlanStep {
  const fresh = parsePlan([newSteps[kind]])[0]!;
  if (!families.some((family) => family.includes(kind) && family.includes(present.kind))) return fresh;
  const shared = Object.entries(present).filter(([field]) => field in fresh || field === 'stride');
  return parsePlan([{ ...fresh, ...Object.fromEntries(shared), kind }])[0]!;
}

/** A plan with a new step behind one: as the one where it makes channels, else a dense layer behind single numbers. */
export function addStep(plan: ArchitecturePlan, index: number, isOnMaps: boolean): ArchitecturePlan {
  const added = parsePlan([newSteps[isOnMaps ? 'convolution' : 'dense']])[0]!;
  const like = plan.slice(0, index + 1).findLast(({ kind }) => kind === added.kind);
  return plan.toSpliced(index + 1, 0, like ?? added);
}

export function replaceStep(plan: ArchitecturePlan, index: number, step: PlanStep): ArchitecturePlan {
  return plan.with(index, step);
}

/** A plan with a step moved by so many places; the same plan where there is no such place. */
export function moveStep(plan: ArchitecturePlan, index: number, by: -1 | 1): ArchitecturePlan {
  const target = index + by;
  if (target < 0 || target >= plan.length) return plan;
  return plan.with(index, plan[target]!).with(target, plan[index]!);
}

/** A plan without one of its steps; a plan of one step keeps it. */
export function removeStep(plan: ArchitecturePlan, index: number): ArchitecturePlan {
  return plan.length === 1 ? plan : plan.toSpliced(index, 1);
}
