import type { LookAlikeRule } from '../../../../dataset/mapping/datasetMapping';
import { Check } from '../../../ui/Check';
import { Choice } from '../../../ui/Choice';
import { Note } from '../../../ui/Note';
import { Section } from '../../../ui/Section';
import type { MappingSectionProps } from './mappingDraft';

const kept: LookAlikeRule = { oneSplit: false, copies: 'keep', conflicts: 'keep' };

const copies: { value: LookAlikeRule['copies']; label: string }[] = [
  { value: 'keep', label: 'use all of a set' },
  { value: 'drop', label: 'use the first of a set only' },
];
const conflicts: { value: LookAlikeRule['conflicts']; label: string }[] = [
  { value: 'keep', label: 'use them, and list them' },
  { value: 'drop', label: 'leave the whole set out' },
];

interface LookAlikeSectionProps extends Omit<MappingSectionProps, 'format'> {
  /** Whether the images are decoded, so that look-alikes are known. */
  isDecoded: boolean;
}

/** What becomes of images that look the same. */
export function LookAlikeSection({ mapping, onChange, isDecoded }: LookAlikeSectionProps) {
  const rule = mapping.lookAlikes ?? kept;
  const change = (part: Partial<LookAlikeRule>) => onChange({ lookAlikes: { ...rule, ...part } });
  return (
    <Section title="Look-alikes" summary={summary(rule)}>
      <Check isSelected={rule.oneSplit} onChange={(oneSplit) => change({ oneSplit })}>
        Keep a set of look-alikes in one split
      </Check>
      <Choice label="Copies" value={rule.copies} options={copies} onChange={(value) => change({ copies: value })} />
      <Choice
        label="With different labels or groups"
        value={rule.conflicts}
        options={conflicts}
        onChange={(value) => change({ conflicts: value })}
      />
      {isDecoded ? null : (
        <Note>Look-alikes are found while images are decoded: the counts here do not know of them yet.</Note>
      )}
    </Section>
  );
}

function summary({ oneSplit, copies, conflicts }: LookAlikeRule): string {
  return [
    oneSplit ? 'in one split' : 'divided as they fall',
    copies === 'drop' ? 'copies left out' : 'all used',
    ...(conflicts === 'drop' ? ['conflicts left out'] : []),
  ].join(' · ');
}
