import { createFindingLog as createLog, type Finding, type FindingLog as Log } from '../../foundation/findingLog';
import { tableFindingSentences } from '../../tables/tableFinding';

/** A kind of thing that import notices, with its sentence for so many of them. Named here and nowhere else. */
const findingSentences = {
  ...tableFindingSentences,
  // rows that are not used
  'row-without-image': (n: number) => `${rows(n)} without an image, left out.`,
  'duplicate-row': (n: number) =>
    `${rows(n)} about an image that an earlier row is about. An image is left out where its rows differ in what is used.`,
  // images that are not used
  'image-unreadable': (n: number) => `${images(n)} could not be read and left out.`,
  'image-without-row': (n: number) => `${images(n)} without a row in the table, left out.`,
  'duplicate-image-name': (n: number) =>
    `${images(n)} share their name with another one, so that rows cannot tell them apart. Left out.`,
  'rows-differ': (n: number) => `${images(n)} whose rows differ in label, group, patient or split, left out.`,
  'label-missing': (n: number) => `${images(n)} without a label, left out.`,
  'label-ambiguous': (n: number) => `${images(n)} with more than one label set, left out.`,
  'label-left-out': (n: number) => `${images(n)} with a label that the mapping leaves out.`,
  'class-too-small': (n: number) => `${images(n)} of classes below the least size, left out.`,
  'group-missing': (n: number) => `${images(n)} whose group is unknown, left out.`,
  'value-not-mapped': (n: number) => `${images(n)} with a value that stands for neither group, left out.`,
  'split-missing': (n: number) => `${images(n)} with a value that stands for no split, left out.`,
  'look-alike-dropped': (n: number) => `${images(n)} that look like an earlier one, left out as copies.`,
  'look-alike-in-conflict': (n: number) =>
    `${images(n)} that look like one with another label or group, left out with it: at least one row is wrong.`,
  // what is used but should be known
  'group-merged': (n: number) => `${images(n)} whose group is unknown, put where the mapping says.`,
  'duplicate-images': (n: number) =>
    `${sets(n)} of images that look the same. Near copies count several times in every rate; they are kept.`,
  'duplicates-across-splits': (n: number) =>
    `${sets(n)} of images that look the same and lie in more than one split: the model is tested on what it was trained on.`,
  'duplicates-in-conflict': (n: number) =>
    `${sets(n)} of images that look the same, with different labels or groups: at least one row is wrong.`,
  'small-cell': (n: number) =>
    `${n} combination${n === 1 ? '' : 's'} of class and group with fewer than 5 images. Rates of so few say little.`,
  'class-in-one-group': (n: number) =>
    `${n} class${n === 1 ? '' : 'es'} seen in one group only: no gap can be told there, and the class gives the group away.`,
  'cluster-across-splits': (n: number) =>
    `${n} ${n === 1 ? 'patient or lesion' : 'patients or lesions'} divided between the given splits: what is learned of them in training helps in the test.`,
  'known-totals-differ': (n: number) =>
    `${n} count${n === 1 ? '' : 's'} unlike what is known of this set. Check the columns before you trust a gap.`,
  'row-not-joined': (n: number) => `${rows(n)} of a further table that no image has.`,
  'join-missing': (n: number) => `${images(n)} without a row in a further table; its columns are empty there.`,
  'tool-file': (n: number) =>
    `${n} file${n === 1 ? '' : 's'} of operating systems and tools (hidden, in .ipynb_checkpoints, @eaDir and the like), ignored.`,
  'image-kind-unread': (n: number) =>
    `${images(n)} of a kind that browsers do not decode (TIFF, HEIC, DICOM, SVG and others), to be left out. Save them as PNG or JPEG.`,
  'first-picture': (n: number) => `${images(n)} of several pictures (GIF, APNG, WebP), of which the first is used.`,
  'name-matched-loosely': (n: number) =>
    `${rows(n)} whose image was found only without leading zeros, decimals or blanks in its name.`,
  'table-unreadable': (n: number) => `${n} table${n === 1 ? '' : 's'} could not be read and left out.`,
} as const satisfies Record<string, (count: number) => string>;

export type FindingKind = keyof typeof findingSentences;
export const findingKinds = Object.keys(findingSentences) as [FindingKind, ...FindingKind[]];

/** One thing that import noticed. */
export type DatasetFinding = Finding<FindingKind>;

/** What became of rows or images: `total` = `used` + the counts of `leftOut`, always. */
export interface Tally {
  total: number;
  used: number;
  leftOut: { kind: FindingKind; count: number }[];
}

function images(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function sets(count: number): string {
  return count === 1 ? '1 set' : `${count} sets`;
}

/** Collects what import notices. */
export type FindingLog = Log<FindingKind>;

export function createFindingLog(): FindingLog {
  return createLog(findingSentences);
}
