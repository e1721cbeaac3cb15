import type { LabelRule } from '../../../../dataset/mapping/datasetMapping';
import type { ColumnSummary } from '../../../../dataset/tables/tableSummary';
import { bounds, rangeOf } from '../../../../foundation/bounds';
import { chartTableToCsv } from '../../../charts/chartTable';
import { downloadFile } from '../../../files/downloadFile';
import { formatCount } from '../../../format/formatNumber';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { NumberInput } from '../../../ui/NumberInput';
import { Section } from '../../../ui/Section';
import { MergeTable } from './MergeTable';
import type { MappingSectionProps } from './mappingDraft';

interface ClassSectionProps extends MappingSectionProps {
  columns: readonly ColumnSummary[];
  /** Classes after merging; null while they are not known. */
  classCount: number | null;
}

/** Where the label is, and which labels make one class. */
export function ClassSection({ mapping, onChange, format, columns, classCount }: ClassSectionProps) {
  const { label } = mapping;
  const change = (part: Partial<LabelRule>) => onChange({ label: { ...label, ...part } });
  const known = format?.labels ?? [];
  const options = [
    ...known.map(({ title }, index) => ({ value: `known ${index}`, label: title })),
    ...columns.map(({ name }) => ({ value: `column ${name}`, label: known.length > 0 ? `column ${name}` : name })),
  ];
  const knownIndex = known.findIndex((option) => option.columns.join() === label.columns.join());
  const choose = (value: string) => {
    const option = value.startsWith('known ') ? known[Number(value.slice('known '.length))] : undefined;
    if (option) change({ columns: option.columns, merge: { ...option.merge } });
    else change({ columns: [value.slice('column '.length)], merge: {} });
  };
  const values = labelValues(label, columns);
  return (
    <Section
      title="Classes"
      summary={`${label.columns.join(', ') || 'still to be chosen'}${classCount === null ? '' : ` · ${formatCount(classCount)} classes`}`}
      isOpenAtFirst={label.columns.includes('')}
    >
      <Choice
        label="Label column"
        isDisabled={columns.length === 0}
        value={knownIndex >= 0 ? `known ${knownIndex}` : `column ${label.columns[0]}`}
        options={options}
        onChange={choose}
      />
      <NumberInput
        label="Least images per class"
        title="Classes with fewer images are left out, and counted."
        value={label.minClassSize}
        {...rangeOf(bounds.minimumClassSize)}
        onChange={(minClassSize) => change({ minClassSize })}
      />
      {values.length > 0 ? (
        <>
          <MergeTable values={values} merge={label.merge} onChange={(merge) => change({ merge })} />
          <div>
            <Button look="quiet" onPress={() => saveMergeMap(values, label)}>
              Save class map (CSV)
            </Button>
          </div>
        </>
      ) : null}
    </Section>
  );
}

/** The labels that occur: the values of the column, or the columns that hold a class each. */
function labelValues({ columns: names, merge }: LabelRule, columns: readonly ColumnSummary[]) {
  if (names.length > 1) return names.map((value) => ({ value, count: countSet(columns, value) }));
  const column = columns.find(({ name }) => name === names[0]);
  const values: { value: string; count: number | null }[] = column?.values ?? [];
  // A value that usually says nothing is known, and that the map names all the same (-1 for no).
  const others = Object.keys(merge).filter((value) => !values.some((each) => each.value === value));
  return [...values, ...others.map((value) => ({ value, count: null }))];
}

/** Rows in which a column that stands for one class is set. */
function countSet(columns: readonly ColumnSummary[], name: string): number | null {
  const column = columns.find((each) => each.name === name);
  if (!column) return null;
  return column.values.find(({ value }) => value === '1' || value === 'true')?.count ?? 0;
}

function saveMergeMap(values: readonly { value: string }[], { merge }: LabelRule) {
  const rows = values.map(({ value }) => [value, Object.hasOwn(merge, value) ? (merge[value] ?? '') : value]);
  downloadFile('class-map.csv', chartTableToCsv({ columns: ['label', 'class'], rows }), 'text/csv');
}
