import { LabError } from '../../foundation/labError';
import { splitNames } from '../dataset';
import { splitDataset } from '../splitDataset';
import type { ImportMapping, SplitSettings } from '../splitSettings';
import type { NewManifest } from '../storeDataset';
import type { FindingLog } from './findingLog';
import type { LabelledImage } from './labelImages';

const smallCell = 5;
const leastPerGroupAndSplit = 2;

/** The part of a manifest that follows from the labelled images. */
export type DescribedSamples = Pick<NewManifest, 'classNames' | 'samples'>;

/**
 * Numbers the classes in natural order and splits the samples.
 * @throws LabError `too-few-classes` below two; `group-too-small` when a group has fewer than two samples in a part that is
 * to have any
 */
export function describeSamples(
  images: readonly LabelledImage[],
  mapping: ImportMapping,
  settings: SplitSettings,
): DescribedSamples {
  const classNames = [...new Set(images.map(({ label }) => label))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  if (classNames.length < 2) {
    const only = classNames[0];
    throw new LabError({
      code: 'too-few-classes',
      message:
        only === undefined
          ? `No image is left that has a row, a label and a group.`
          : `All ${images.length} usable images have the same label, "${only}". At least two classes are needed.`,
      hint: `Check that "${mapping.labelColumn}" is the label column and "${mapping.imageColumn}" names the images.`,
      details: { column: mapping.labelColumn, classes: classNames.length, images: images.length },
    });
  }
  const labels = images.map(({ label }) => classNames.indexOf(label));
  const groups = images.map(({ group }) => group);
  const clusters = present(images.map(({ cluster }) => cluster));
  const given = present(images.map(({ split }) => split));
  const splits = splitDataset({ labels, groups, clusters, given }, settings);
  requireBothGroups(groups, splits, mapping, settings);
  return { classNames, samples: { names: images.map(({ name }) => name), labels, groups, splits, clusters } };
}

/** Notes every combination of class and group that has too few samples to say much, none included. */
export function noteSmallCells(
  { classNames, samples }: DescribedSamples,
  mapping: ImportMapping,
  findings: FindingLog,
) {
  const { labels, groups } = samples;
  for (const [label, className] of classNames.entries()) {
    for (const [group, groupName] of [mapping.group0Name, mapping.group1Name].entries()) {
      const count = labels.filter((value, index) => value === label && groups[index] === group).length;
      if (count < smallCell) findings.note('small-cell', `${className}, ${groupName}: ${count}`);
    }
  }
}

/** The values, or null when any of them is (a column is there for all rows or for none). */
function present<T>(values: readonly (T | null)[]): T[] | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

function requireBothGroups(
  groups: readonly number[],
  splits: readonly number[],
  mapping: ImportMapping,
  settings: SplitSettings,
) {
  const ratios = [settings.trainRatio, settings.validationRatio, settings.testRatio];
  for (const [code, split] of splitNames.entries()) {
    if (ratios[code] === 0 && !splits.includes(code)) continue;
    for (const [group, name] of [mapping.group0Name, mapping.group1Name].entries()) {
      const count = groups.filter((value, index) => value === group && splits[index] === code).length;
      if (count < leastPerGroupAndSplit) {
        throw new LabError({
          code: 'group-too-small',
          message: `Group ${group} (${name}) has ${count} ${count === 1 ? 'image' : 'images'} in the ${split} split; at least ${leastPerGroupAndSplit} are needed.`,
          hint: 'Map more values to this group, add images, or give this split a larger share.',
          details: { group, name, split, count },
        });
      }
    }
  }
}
