import type { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import { modelUnreadable } from '../files/modelUnreadable';

/** What is read, and what is said of it. */
export interface CheckpointPlace {
  path: string;
  asker: Asker;
  architecture: string;
  size: number;
}

/** What does not fit may be otherwise by other answers: open questions are put before anything is refused. */
export function misfit({ path, asker }: CheckpointPlace, why: string, cause?: unknown): LabError {
  asker.stopForOpen(path);
  return modelUnreadable(
    path,
    why,
    'Check the size of the images that it was trained on, and what was said of its layers. Otherwise the checkpoint mixes networks, or is of another variant of this one.',
    cause,
  );
}
