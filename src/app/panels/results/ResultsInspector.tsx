import { importanceLabel } from '../../../importance/importances';
import type { RunRecord } from '../../../recipe/runRecord';
import { formatCount } from '../../format/formatNumber';
import { formatBytes } from '../../format/formatQuantity';
import { Choice } from '../../ui/Choice';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';
import { Toggles } from '../../ui/Toggles';
import { LevellingCheck } from './LevellingCheck';
import { ProbeFacts } from './ProbeFacts';
import type { Selection } from './selection';
import { findArm, findRound, shownEvaluations } from './shownEvaluations';
import { TestSplit } from './TestSplit';

interface ResultsInspectorProps {
  record: RunRecord;
  selection: Selection;
  onSelect(selection: Selection): void;
}

const splits = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

export function ResultsInspector({ record, selection, onSelect }: ResultsInspectorProps) {
  const arm = findArm(record, selection.arm);
  const { baseline, after } = shownEvaluations(record, selection.arm, selection.split, selection.round);
  const round = arm && after ? findRound(arm, after.round) : undefined;
  return (
    <>
      <Panel title="What is shown">
        <Choice
          label="Arm"
          value={selection.arm}
          options={record.arms.map(({ arm: name }) => ({ value: name, label: importanceLabel(name) }))}
          onChange={(name) => onSelect({ ...selection, arm: name, round: null })}
        />
        {arm && arm.rounds.length > 0 && selection.split === 'validation' ? (
          <Choice
            label="Round"
            value={String(after?.round ?? '')}
            options={arm.rounds.map(({ round: number }) => ({
              value: String(number),
              label: number === arm.chosenRound ? `${number} (chosen)` : String(number),
            }))}
            onChange={(number) => onSelect({ ...selection, round: Number(number) })}
          />
        ) : null}
        <Toggles
          label="Split"
          value={selection.split}
          options={splits}
          isDisabled={record.testLooks.length === 0}
          onChange={(split) => onSelect({ ...selection, split, round: null })}
        />
        {arm?.chosenRound === 0 ? <Note>No round of this arm is chosen; the table shows its last one.</Note> : null}
        {round ? (
          <Facts
            facts={[
              { name: 'Channels left', value: formatCount(round.channelsLeft) },
              { name: 'Parameters', value: formatCount(round.parameters) },
              { name: 'Weights', value: formatBytes(round.bytes), full: `${formatCount(round.bytes)} bytes` },
              {
                name: 'Removed in this round',
                value: formatCount(round.prunedOriginal.length),
                full: round.prunedOriginal.join(', '),
              },
            ]}
          />
        ) : null}
      </Panel>
      {after ? (
        <LevellingCheck
          after={after.evaluation.report}
          baseline={baseline.report}
          groupNames={record.dataset.groupNames}
        />
      ) : null}
      {after ? <ProbeFacts before={baseline} after={after.evaluation} /> : null}
      <TestSplit record={record} />
    </>
  );
}
