import { Input } from 'react-aria-components';
import { formatCount } from '../../../format/formatNumber';
import fields from '../../../ui/Fields.module.css';
import styles from './MappingWizard.module.css';

type Merge = Record<string, string | null>;

interface MergeTableProps {
  values: readonly { value: string; count: number | null }[];
  merge: Merge;
  onChange(merge: Merge): void;
}

/** Each label and the class that it belongs to: the same name makes one class, an empty one leaves the label out. */
export function MergeTable({ values, merge, onChange }: MergeTableProps) {
  const classOf = (value: string) => (Object.hasOwn(merge, value) ? (merge[value] ?? '') : value);
  const rename = (value: string, name: string) => {
    const { [value]: _, ...rest } = merge;
    onChange(name === value ? rest : { ...rest, [value]: name === '' ? null : name });
  };
  return (
    <div className={styles.merge} role="region" aria-label="Labels and classes" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col">Rows</th>
            <th scope="col">Class (empty: leave out)</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ value, count }) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              <td>{count === null ? '' : formatCount(count)}</td>
              <td>
                <Input
                  className={fields.input}
                  aria-label={`Class of ${value}`}
                  placeholder="left out"
                  value={classOf(value)}
                  onChange={(event) => rename(value, event.target.value)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
