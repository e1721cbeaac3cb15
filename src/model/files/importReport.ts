import type { AnsweredQuestion } from '../../foundation/openQuestion';

/** What became of one layer, or of one tensor of the files, when a model was read. */
export interface ImportLine {
  /** Name in the lab's network; for what was left out, the name in the files. */
  layer: string;
  /** `mapped` as it is; `repaired`: changed so that it fits or works here; `unused`: in the files, but not needed. */
  status: 'mapped' | 'repaired' | 'unused';
  /** Where it comes from and what was done, in words. */
  detail: string;
}

/** What was found in a model's files and what was made of it, layer by layer. What is refused is an error instead. */
export interface ImportReport {
  /** `tfjs layers model`, `Keras 3 archive (.keras)`, `PyTorch checkpoint (zip)`, … */
  format: string;
  /** What the files hold, in one sentence. */
  found: string;
  lines: ImportLine[];
  /** What the files do not say and the user has confirmed. */
  assumed?: AnsweredQuestion[];
  /** What the network said of images that lay beside it, against what was expected of it. */
  samples?: SampleProof;
}

/** A network's outputs on the images that lay beside it, compared with the outputs that a table beside it expects. */
export interface SampleProof {
  /** How many were compared; 0 when they could not be. */
  images: number;
  /** Relative to the largest expected value where that is above 1; null when nothing could be compared. */
  largestDifference: number | null;
  /** What the table gives. */
  of: 'logits' | 'probabilities';
  agrees: boolean;
  /** Where the samples were, and what followed from them, in words. */
  note: string;
}
