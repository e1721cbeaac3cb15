import { fromErrorData, LabError } from '../../foundation/labError';
import type { SplitSettings } from '../split/splitSettings';
import { splitNames } from '../splitName';
import { countSamples } from './applyMapping';
import type { DatasetMapping } from './datasetMapping';
import type { MappedSamples } from './mappedSamples';

const leastPerGroupAndSplit = 2;

/**
 * Refuses samples that nothing can be learned from, or no gap be measured on.
 * @throws LabError `needs-answers` for what the tables leave open; `value-not-mapped` when no value stands for one of the groups, or one stands for both;
 * `too-few-classes` below two; `group-too-small` when a group has fewer than two samples in a split that is to have any
 */
export function requireUsable(samples: MappedSamples, mapping: DatasetMapping, settings: SplitSettings): void {
  if (samples.unanswered) throw fromErrorData(samples.unanswered);
  requireDistinctValues(mapping);
  requireTwoClasses(samples, mapping);
  const ratios = [settings.trainRatio, settings.validationRatio, settings.testRatio];
  const counts = countSamples(samples);
  for (const [code, split] of splitNames.entries()) {
    if (ratios[code] === 0 && !samples.splits.includes(code)) continue;
    for (const [group, name] of samples.groupNames.entries()) {
      const count = counts[code]!.reduce((sum, cell) => sum + cell[group]!, 0);
      if (count >= leastPerGroupAndSplit) continue;
      throw new LabError({
        code: 'group-too-small',
        message: `Group ${group} (${name}) has ${count} ${count === 1 ? 'image' : 'images'} in the ${split} split; at least ${leastPerGroupAndSplit} are needed.`,
        hint: 'Map more values to this group, add images, or give this split a larger share.',
        details: { group, name, split, count },
      });
    }
  }
}

function requireDistinctValues({ group: { column, rule, missing } }: DatasetMapping) {
  if (rule.kind !== 'values' || missing === 'own-group') return;
  const both = rule.group0.find((value) => rule.group1.includes(value));
  const what =
    both !== undefined
      ? `"${both}" stands for both groups`
      : rule.group0.length === 0 || rule.group1.length === 0
        ? `no value stands for group ${rule.group0.length === 0 ? 0 : 1}`
        : null;
  if (what === null) return;
  throw new LabError({
    code: 'value-not-mapped',
    message: `Column "${column}": ${what}.`,
    hint: 'Tick for each group the values that make it, each value once.',
    details: { column },
  });
}

function requireTwoClasses({ classNames, images }: MappedSamples, { label }: DatasetMapping) {
  if (classNames.length >= 2) return;
  const columns = label.columns.join(', ');
  const only = classNames[0];
  throw new LabError({
    code: 'too-few-classes',
    message:
      only === undefined
        ? 'No image is left that has a row, a label and a group.'
        : `All ${images.used} usable images have the same label, "${only}". At least two classes are needed.`,
    hint: `Check that "${columns}" is the label column, and what was left out: ${images.leftOut.map(({ kind, count }) => `${kind} ${count}`).join(', ') || 'nothing'}.`,
    details: { column: columns, classes: classNames.length, images: images.used },
  });
}
