import type { GroupMapping, MissingPolicy } from '../../../../dataset/mapping/datasetMapping';
import { suggestGroups } from '../../../../dataset/suggest/suggestGroups';
import type { ColumnSummary } from '../../../../dataset/tables/tableSummary';
import { Choice } from '../../../ui/Choice';
import { Section } from '../../../ui/Section';
import { TextInput } from '../../../ui/TextInput';
import { Toggles } from '../../../ui/Toggles';
import { CutRule } from './CutRule';
import { GroupValues } from './GroupValues';
import type { MappingSectionProps } from './mappingDraft';

interface GroupSectionProps extends MappingSectionProps {
  columns: readonly ColumnSummary[];
}

const ruleKinds = [
  { value: 'values', label: 'By value' },
  { value: 'cut', label: 'By a cut' },
] as const;

/** Which attribute tells the groups apart, who says it, and how its values make two groups. */
export function GroupSection({ mapping, onChange, format, columns }: GroupSectionProps) {
  const { group } = mapping;
  const change = (part: Partial<GroupMapping>) => onChange({ group: { ...group, ...part } });
  const known = format?.groups ?? [];
  const options = [
    ...known.map(({ title, annotator }, index) => ({
      value: `known ${index}`,
      label: annotator === undefined ? title : `${title}, by ${annotator}`,
    })),
    ...columns.map(({ name }) => ({ value: `column ${name}`, label: known.length > 0 ? `column ${name}` : name })),
  ];
  const knownIndex = known.findIndex(
    ({ column, rule }) => column === group.column && JSON.stringify(rule) === JSON.stringify(group.rule),
  );
  const choose = (value: string) => {
    const option = value.startsWith('known ') ? known[Number(value.slice('known '.length))] : undefined;
    if (option) change({ column: option.column, rule: option.rule, names: option.names });
    else change(suggestFor(columns, value.slice('column '.length)));
  };
  const column = columns.find(({ name }) => name === group.column);
  return (
    <Section
      title="Groups"
      summary={group.column === '' ? 'still to be chosen' : `${group.column} · ${group.names.join(' / ')}`}
      isOpenAtFirst
    >
      <Choice
        label="Group column"
        isDisabled={columns.length === 0}
        value={knownIndex >= 0 ? `known ${knownIndex}` : `column ${group.column}`}
        options={options}
        onChange={choose}
      />
      {column?.range ? (
        <Toggles
          label="How values make groups"
          value={group.rule.kind}
          options={ruleKinds}
          onChange={(kind) => change({ rule: kind === 'cut' ? middleOf(column) : emptyRule })}
        />
      ) : null}
      {group.rule.kind === 'cut' ? (
        <CutRule rule={group.rule} column={column} names={group.names} onChange={change} />
      ) : (
        <GroupValues rule={group.rule} names={group.names} column={column} onChange={change} />
      )}
      <TextInput
        label="Name of group 0"
        value={group.names[0]}
        onChange={(name) => change({ names: [name, group.names[1]] })}
      />
      <TextInput
        label="Name of group 1"
        value={group.names[1]}
        onChange={(name) => change({ names: [group.names[0], name] })}
      />
      <Choice
        label="Images of unknown group"
        value={group.missing}
        options={missingOptions(group.names)}
        onChange={(missing) => change({ missing })}
      />
    </Section>
  );
}

const emptyRule = { kind: 'values' as const, group0: [], group1: [] };

function middleOf({ range }: ColumnSummary) {
  const { least, most } = range ?? { least: 0, most: 0 };
  return { kind: 'cut' as const, from: Math.round((least + most) / 2), above: 0 as const };
}

function suggestFor(columns: readonly ColumnSummary[], name: string): Partial<GroupMapping> {
  const values = columns.find((column) => column.name === name)?.values ?? [];
  if (values.length === 0) return { column: name, rule: emptyRule, names: ['', ''] };
  return { column: name, ...suggestGroups(name, new Map(values.map(({ value, count }) => [value, count]))) };
}

function missingOptions([name0, name1]: [string, string]): { value: MissingPolicy; label: string }[] {
  return [
    { value: 'exclude', label: 'leave out' },
    { value: 'own-group', label: 'a group of their own, against all known ones' },
    { value: 'group-0', label: `count as ${name0 || 'group 0'}` },
    { value: 'group-1', label: `count as ${name1 || 'group 1'}` },
  ];
}
