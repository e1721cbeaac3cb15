import { judgeGapChange } from './checkLevellingDown';
import { type GroupEvaluation, mapRecord } from './evaluateGroups';
import type { GroupLevelling } from './fairnessAnalysis';

/**
 * The levelling-down check of any number of groups: whether a gap closed because the worse groups were served better, or
 * because some group was served worse. The values are those of the samples: a change of the size of its interval is no
 * finding.
 *
 * @param model and `baseline` must come from the same samples
 */
export function checkGroupLevelling(model: GroupEvaluation, baseline: GroupEvaluation): GroupLevelling {
  const changeOf = (name: 'accuracy' | 'f1') => model.groups.map((group, g) => group[name] - baseline.groups[g]![name]);
  const accuracy = changeOf('accuracy');
  const f1 = changeOf('f1');
  const gapIn = (name: 'accuracy' | 'f1', change: number[]) =>
    judgeGapChange(baseline.metrics[name].gap.value!, model.metrics[name].gap.value!, change);
  return {
    change: { accuracy, f1 },
    worst: { before: worstByF1(baseline), after: worstByF1(model) },
    accuracy: gapIn('accuracy', accuracy),
    f1: gapIn('f1', f1),
    gaps: mapRecord(model.gaps, ({ value }, name) => {
      const before = baseline.gaps[name].value;
      return before === null || value === null ? null : judgeGapChange(before, value, f1);
    }),
  };
}

function worstByF1({ groups }: GroupEvaluation): { group: number; f1: number } {
  let group = 0;
  for (const [g, { f1 }] of groups.entries()) if (f1 < groups[group]!.f1) group = g;
  return { group, f1: groups[group]!.f1 };
}
