import type { DatasetFinding } from '../dataset';

type FindingKind = DatasetFinding['kind'];

const maxExamples = 10;

const messages: Record<FindingKind, (count: number) => string> = {
  'image-unreadable': (n) => `${images(n)} could not be read and left out.`,
  'image-without-row': (n) => `${images(n)} without a row in the table, left out.`,
  'row-without-image': (n) => `${rows(n)} without an image, left out.`,
  'uneven-row': (n) =>
    `${rows(n)} with more or fewer cells than the header, left out. A cell that holds a separator needs quotation marks.`,
  'label-missing': (n) => `${rows(n)} without a label, left out.`,
  'group-missing': (n) => `${rows(n)} without a value in the group column, left out.`,
  'value-not-mapped': (n) => `${rows(n)} with a value that stands for neither group or for no split, left out.`,
  'duplicate-image-name': (n) =>
    `${images(n)} share their name with another one, so that rows cannot tell them apart. Left out.`,
  'duplicate-row': (n) =>
    `${images(n)} with more than one row. Where the rows agree the first was used; where they do not, the image was left out.`,
  'duplicate-images': (n) =>
    `${groups(n)} of images look the same. Near copies count twice in every rate; they are kept.`,
  'duplicates-across-splits': (n) =>
    `${groups(n)} of images that look the same lie in more than one split, so that the model is tested on what it was trained on. Give them one patient or lesion, or leave all but one out.`,
  'duplicates-in-conflict': (n) =>
    `${groups(n)} of images that look the same have different labels or groups. At least one row is wrong.`,
  'small-cell': (n) =>
    `${n} combination${n === 1 ? '' : 's'} of class and group with fewer than 5 images. Rates of so few say little.`,
};

/** Collects what import notices: counts everything, keeps the first few examples of each kind. */
export interface FindingLog {
  note(kind: FindingKind, example: string): void;
  list(): DatasetFinding[];
}

export function createFindingLog(): FindingLog {
  const found = new Map<FindingKind, string[]>();
  return {
    note(kind, example) {
      const examples = found.get(kind);
      if (examples) examples.push(example);
      else found.set(kind, [example]);
    },
    list() {
      return [...found].map(([kind, examples]) => ({
        kind,
        message: messages[kind](examples.length),
        count: examples.length,
        examples: examples.slice(0, maxExamples),
      }));
    },
  };
}

function images(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function groups(count: number): string {
  return count === 1 ? '1 set' : `${count} sets`;
}
