import { createFindingLog as createLog, type FindingLog as Log } from '../../foundation/findingLog';
import { type FindingKind, findingSentences } from './datasetFinding';

/** Collects what import notices. */
export type FindingLog = Log<FindingKind>;

export function createFindingLog(): FindingLog {
  return createLog(findingSentences);
}
