import { textFlag } from './flag';

export const mappingFlag = textFlag(
  'FILE.json',
  'join, mapping and split, as the page saves them and "data inspect --json" suggests them; what the tables suggest when left out',
);

/** The flags of commands that run a model over labelled images. */
export const dataFlags = {
  data: textFlag('DIR|demo', 'folder or zip of images with their tables, or the generated demo (when left out)'),
  mapping: mappingFlag,
};

/** What tables leave open. */
export const assumeOfTables = textFlag(
  'ANSWERS',
  'what tables leave open: "spelling:sex=female=F|w, male=M;class:mell=accept", a JSON file of keys and answers, or usual; the questions are printed when it is left out',
);
