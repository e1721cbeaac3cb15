import type { JoinPlan, TableJoin } from '../../../../dataset/tables/joinPlan';
import type { TableSummary } from '../../../../dataset/tables/tableSummary';
import { formatCount } from '../../../format/formatNumber';
import { Check } from '../../../ui/Check';
import { Choice, type Option } from '../../../ui/Choice';
import { Section } from '../../../ui/Section';

interface JoinSectionProps {
  tables: readonly TableSummary[];
  join: JoinPlan;
  onChange(join: JoinPlan): void;
}

/** Stands for “the image” among the columns that a table can be joined to. */
const theImage = ' image';

/** Which table names the images, and which others are joined to it. */
export function JoinSection({ tables, join, onChange }: JoinSectionProps) {
  const first = tables.find(({ file }) => file === join.table);
  const others = tables.filter(({ file }) => file !== join.table);
  const changeTable = (table: string) =>
    onChange({ table, imageColumns: [''], joins: join.joins.filter((each) => each.table !== table) });
  return (
    <Section title="Table and image" summary={describe(join)} isOpenAtFirst={join.imageColumns.includes('')}>
      <Choice label="Table" value={join.table} options={tables.map(toOption)} onChange={changeTable} />
      <Choice
        label="Image column"
        value={join.imageColumns[0] ?? ''}
        options={first ? first.columns.map(({ name }) => ({ value: name, label: name })) : []}
        onChange={(column) => onChange({ ...join, imageColumns: [column, ...join.imageColumns.slice(1)] })}
      />
      {others.map((table) => (
        <JoinedTable
          key={table.file}
          table={table}
          columns={first?.columns.map(({ name }) => name) ?? []}
          join={join.joins.find((each) => each.table === table.file) ?? null}
          onChange={(changed) => {
            const rest = join.joins.filter((each) => each.table !== table.file);
            onChange({ ...join, joins: changed ? [...rest, changed] : rest });
          }}
        />
      ))}
    </Section>
  );
}

interface JoinedTableProps {
  table: TableSummary;
  /** Of the first table. */
  columns: readonly string[];
  join: TableJoin | null;
  onChange(join: TableJoin | null): void;
}

function JoinedTable({ table, columns, join, onChange }: JoinedTableProps) {
  const firstColumn = table.columns[0]?.name ?? '';
  const toOptions = [{ value: theImage, label: 'the image' }, ...columns.map((name) => ({ value: name, label: name }))];
  return (
    <>
      <Check
        isSelected={join !== null}
        onChange={(isJoined) => onChange(isJoined ? { table: table.file, column: firstColumn, to: null } : null)}
      >
        Join {table.file} ({formatCount(table.rowCount)} rows)
      </Check>
      {join ? (
        <>
          <Choice
            label={`Its column`}
            value={join.column}
            options={table.columns.map(({ name }) => ({ value: name, label: name }))}
            onChange={(column) => onChange({ ...join, column })}
          />
          <Choice
            label="is the same as"
            value={join.to ?? theImage}
            options={toOptions}
            onChange={(to) => onChange({ ...join, to: to === theImage ? null : to })}
          />
        </>
      ) : null}
    </>
  );
}

function toOption({ file, rowCount }: TableSummary): Option<string> {
  return { value: file, label: `${file} (${formatCount(rowCount)} rows)` };
}

function describe({ table, imageColumns, joins }: JoinPlan): string {
  const images = imageColumns.includes('')
    ? 'the image column is still to be chosen'
    : `image from ${imageColumns.join(', ')}`;
  return [table, images, ...joins.map((join) => `with ${join.table}`)].join(' · ');
}
