import type { GivenSplit } from '../../../../dataset/mapping/datasetMapping';
import type { SplitSettings } from '../../../../dataset/split/splitSettings';
import { parseSplitName, type SplitName, splitNames } from '../../../../dataset/splitName';
import type { ColumnSummary } from '../../../../dataset/tables/tableSummary';
import { bounds, rangeOf } from '../../../../foundation/bounds';
import { Choice } from '../../../ui/Choice';
import { NumberInput } from '../../../ui/NumberInput';
import { Section } from '../../../ui/Section';
import type { MappingSectionProps } from './mappingDraft';

interface SplitSectionProps extends Omit<MappingSectionProps, 'format'> {
  columns: readonly ColumnSummary[];
  split: SplitSettings;
  onSplit(split: SplitSettings): void;
}

const noColumn = '';
const mostValues = 8;
const unused = 'none';
const shares = [
  ['trainRatio', 'Training share'],
  ['validationRatio', 'Validation share'],
  ['testRatio', 'Test share'],
] as const;

/** What stays together, and how images are divided into training, validation and test. */
export function SplitSection({ mapping, onChange, columns, split, onSplit }: SplitSectionProps) {
  const { clusterColumn, givenSplit } = mapping;
  const names = columns.map(({ name }) => ({ value: name, label: name }));
  const values = columns.find(({ name }) => name === givenSplit?.column)?.values ?? [];
  const divided = givenSplit ? `given by ${givenSplit.column}` : `drawn with seed ${split.seed}`;
  return (
    <Section title="Patients and split" summary={`${clusterColumn ?? 'each image on its own'} · ${divided}`}>
      <Choice
        label="Patient or lesion column"
        isDisabled={columns.length === 0}
        value={clusterColumn ?? noColumn}
        options={[{ value: noColumn, label: 'none' }, ...names]}
        onChange={(column) => onChange({ clusterColumn: column || null })}
      />
      <Choice
        label="Split column"
        isDisabled={columns.length === 0}
        value={givenSplit?.column ?? noColumn}
        options={[{ value: noColumn, label: 'none: draw it' }, ...names]}
        onChange={(column) => onChange({ givenSplit: column === noColumn ? null : guessSplit(columns, column) })}
      />
      {givenSplit
        ? values
            .slice(0, mostValues)
            .map(({ value }) => (
              <Choice
                key={value}
                label={`Value ${value} is`}
                value={givenSplit.values[value] ?? unused}
                options={[...splitNames, unused].map((name) => ({ value: name, label: name }))}
                onChange={(name) => onChange({ givenSplit: withValue(givenSplit, value, name) })}
              />
            ))
        : null}
      {shares.map(([field, label]) => (
        <NumberInput
          key={field}
          label={label}
          value={split[field]}
          {...rangeOf(bounds.neededSplitRatio, 0.05)}
          step={0.05}
          decimals={2}
          onChange={(value) => onSplit({ ...split, [field]: value })}
        />
      ))}
      <NumberInput
        label="Seed"
        value={split.seed}
        {...rangeOf(bounds.seed)}
        onChange={(seed) => onSplit({ ...split, seed })}
      />
    </Section>
  );
}

function guessSplit(columns: readonly ColumnSummary[], column: string): GivenSplit {
  const values: Record<string, SplitName> = {};
  for (const { value } of columns.find(({ name }) => name === column)?.values ?? []) {
    const split = parseSplitName(value);
    if (split) values[value] = split;
  }
  return { column, values };
}

function withValue(given: GivenSplit, value: string, name: string): GivenSplit {
  const { [value]: _, ...rest } = given.values;
  const split = splitNames.find((each) => each === name);
  return { ...given, values: split ? { ...rest, [value]: split } : rest };
}
