import type { ImportMapping, TableColumn } from '../../../dataset/importMapping';
import { formatCount } from '../../format/formatNumber';
import { Note } from '../../ui/Note';
import { Toggles } from '../../ui/Toggles';
import styles from './MappingForm.module.css';

interface GroupValuesProps {
  mapping: ImportMapping;
  column: TableColumn | undefined;
  onChange(change: Pick<ImportMapping, 'group0Values' | 'group1Values' | 'group0Name' | 'group1Name'>): void;
}

const places = [
  { value: 'group0', label: 'Group 0' },
  { value: 'group1', label: 'Group 1' },
  { value: 'out', label: 'Leave out' },
] as const;

/** Each value of the group column goes to group 0, to group 1, or out. */
export function GroupValues({ mapping, column, onChange }: GroupValuesProps) {
  if (!column) return <Note>Choose the group column to see its values.</Note>;
  const placeOf = (value: string) =>
    mapping.group0Values.includes(value) ? 'group0' : mapping.group1Values.includes(value) ? 'group1' : 'out';
  const move = (value: string, place: 'group0' | 'group1' | 'out') => {
    const without = (values: string[]) => values.filter((other) => other !== value);
    const group0Values = place === 'group0' ? [...without(mapping.group0Values), value] : without(mapping.group0Values);
    const group1Values = place === 'group1' ? [...without(mapping.group1Values), value] : without(mapping.group1Values);
    onChange({
      group0Values,
      group1Values,
      group0Name: renamed(mapping.group0Name, mapping.group0Values, group0Values),
      group1Name: renamed(mapping.group1Name, mapping.group1Values, group1Values),
    });
  };
  return (
    <div className={styles.values}>
      {column.values.map(({ value, count }) => (
        <div key={value} className={styles.value}>
          <span>
            {value || '(empty)'} <small>{formatCount(count)} rows</small>
          </span>
          <Toggles
            label={`Value ${value || '(empty)'}`}
            value={placeOf(value)}
            options={places}
            onChange={(place) => move(value, place)}
          />
        </div>
      ))}
    </div>
  );
}

/** A group that is called after its values keeps being so; a name that the user typed stays. */
function renamed(name: string, before: string[], after: string[]): string {
  return name === '' || name === before.join(', ') ? after.join(', ') : name;
}
