import type { GroupMapping, GroupRule } from '../../../../dataset/mapping/datasetMapping';
import { cutNames } from '../../../../dataset/suggest/suggestGroups';
import type { ColumnSummary } from '../../../../dataset/tables/tableSummary';
import { formatCount } from '../../../format/formatNumber';
import { Dial } from '../../../ui/Dial';
import { Note } from '../../../ui/Note';
import { Toggles } from '../../../ui/Toggles';

type Cut = Extract<GroupRule, { kind: 'cut' }>;

interface CutRuleProps {
  rule: Cut;
  names: [string, string];
  column: ColumnSummary | undefined;
  onChange(change: Partial<GroupMapping>): void;
}

const sides = [
  { value: '0', label: 'Group 0 is above' },
  { value: '1', label: 'Group 1 is above' },
] as const;

/** A number from which values are of the upper group. */
export function CutRule({ rule, names, column, onChange }: CutRuleProps) {
  const { least, most } = column?.range ?? { least: 0, most: rule.from };
  const change = (next: Cut) => onChange({ rule: next, names: renamed(names, column?.name ?? '', rule, next) });
  const isWhole = (column?.values ?? []).every(({ value }) => Number.isInteger(Number(value)));
  const rows = (isAbove: boolean) =>
    (column?.values ?? [])
      .filter(({ value }) => Number(value) >= rule.from === isAbove)
      .reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Dial
        label={`Cut: ${column?.name ?? ''} from`}
        value={rule.from}
        min={least}
        max={most}
        step={isWhole ? 1 : (most - least) / 100}
        onChange={(from) => change({ ...rule, from })}
      />
      <Toggles
        label="Which group is above"
        value={rule.above === 0 ? '0' : '1'}
        options={sides}
        onChange={(above) => change({ ...rule, above: above === '0' ? 0 : 1 })}
      />
      {column && column.values.length === column.distinctCount ? (
        <Note>
          {formatCount(rows(true))} images from {rule.from} upwards, {formatCount(rows(false))} below. The value itself
          is above.
        </Note>
      ) : null}
    </>
  );
}

/** Groups that are called after their cut keep being so; names that the user typed stay. */
function renamed(names: [string, string], column: string, before: Cut, after: Cut): [string, string] {
  const namesOf = (rule: Cut): [string, string] => {
    const [above, below] = cutNames(column, rule.from);
    return rule.above === 0 ? [above, below] : [below, above];
  };
  const old = namesOf(before);
  const isAfterCut = names.join() === old.join() || names.join() === ',' || /\d/.test(names.join());
  return isAfterCut ? namesOf(after) : names;
}
