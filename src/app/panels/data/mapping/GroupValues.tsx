import type { GroupMapping, GroupRule } from '../../../../dataset/mapping/datasetMapping';
import type { ColumnSummary } from '../../../../dataset/tables/tableSummary';
import { formatCount } from '../../../format/formatNumber';
import { Note } from '../../../ui/Note';
import { Toggles } from '../../../ui/Toggles';
import styles from './MappingWizard.module.css';

type ByValue = Extract<GroupRule, { kind: 'values' }>;

interface GroupValuesProps {
  rule: ByValue;
  names: [string, string];
  column: ColumnSummary | undefined;
  onChange(change: Partial<GroupMapping>): void;
}

const places = [
  { value: 'group0', label: 'Group 0' },
  { value: 'group1', label: 'Group 1' },
  { value: 'out', label: 'Leave out' },
] as const;
type Place = (typeof places)[number]['value'];

const mostShown = 60;

/** Each value of the group column goes to group 0, to group 1, or out. */
export function GroupValues({ rule, names, column, onChange }: GroupValuesProps) {
  if (!column) return <Note>Choose the group column to see its values.</Note>;
  const placeOf = (value: string): Place =>
    rule.group0.includes(value) ? 'group0' : rule.group1.includes(value) ? 'group1' : 'out';
  const move = (value: string, place: Place) => {
    const without = (values: string[]) => values.filter((other) => other !== value);
    const group0 = place === 'group0' ? [...without(rule.group0), value] : without(rule.group0);
    const group1 = place === 'group1' ? [...without(rule.group1), value] : without(rule.group1);
    onChange({
      rule: { kind: 'values', group0, group1 },
      names: [renamed(names[0], rule.group0, group0), renamed(names[1], rule.group1, group1)],
    });
  };
  const named = [...rule.group0, ...rule.group1].filter((value) => !column.values.some((each) => each.value === value));
  const shown = [...column.values.slice(0, mostShown), ...named.map((value) => ({ value, count: null }))].sort((a, b) =>
    a.value.localeCompare(b.value, 'en', { numeric: true }),
  );
  return (
    <div className={styles.values}>
      {shown.map(({ value, count }) => (
        <div key={value} className={styles.value}>
          <span>
            {value} {count === null ? null : <small>{formatCount(count)}</small>}
          </span>
          <Toggles
            label={`Value ${value}`}
            value={placeOf(value)}
            options={places}
            onChange={(place) => move(value, place)}
          />
        </div>
      ))}
      {column.distinctCount > mostShown ? (
        <Note>
          The {mostShown} most frequent of {formatCount(column.distinctCount)} values.
        </Note>
      ) : null}
    </div>
  );
}

/** A group that is called after its values keeps being so; a name that the user typed stays. */
function renamed(name: string, before: string[], after: string[]): string {
  return name === '' || name === before.join(', ') ? after.join(', ') : name;
}
