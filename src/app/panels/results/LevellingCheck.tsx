import { checkLevelling, type LevellingVerdict } from '../../../fairness/checkLevelling';
import { levelledReport } from '../../../fairness/paperTable';
import type { TwoGroupReport } from '../../../fairness/paperTableSchema';
import { formatFixed, formatFull } from '../../format/formatNumber';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';

interface LevellingCheckProps {
  after: TwoGroupReport;
  baseline: TwoGroupReport;
  groupNames: [string, string];
}

const words: Record<LevellingVerdict, string> = {
  'gap-not-smaller': 'The F1 gap is not smaller than before.',
  'no-group-worse': 'The F1 gap is smaller and neither group lost.',
  'one-group-worse': 'The F1 gap is smaller, and one group lost.',
  'levelled-down': 'The F1 gap is smaller only because groups lost: levelled down.',
};

/** Whether a gap closed because one group was served better, or because a group was served worse. */
export function LevellingCheck({ after, baseline, groupNames }: LevellingCheckProps) {
  const { change, f1 } = checkLevelling(levelledReport(after), levelledReport(baseline));
  return (
    <Panel title="Levelling-down check">
      <Facts
        facts={groupNames.map((name, group) => ({
          name: `F1 of ${name}`,
          value: withSign(change.f1[group] ?? 0),
          full: formatFull(change.f1[group] ?? 0),
        }))}
      />
      <Note>{words[f1.verdict]} Changes within the intervals are no finding.</Note>
    </Panel>
  );
}

function withSign(value: number): string {
  return value > 0 ? `+${formatFixed(value)}` : formatFixed(value);
}
