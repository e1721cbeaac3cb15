import type { LabEngine } from '../engine/labEngine';
import type { JobParams } from '../engine/protocol/jobMap';
import type { RunRecord } from '../recipe/runRecord';

/** Does a run to its end, or resumes one, and gives the record that is stored then. */
export async function wholeRun<J extends 'runRecipe' | 'resumeRun'>(
  engine: LabEngine,
  job: J,
  params: JobParams<J>,
): Promise<RunRecord> {
  const { runId } = await engine.start<'runRecipe' | 'resumeRun'>(job, params).result;
  return engine.start('readRun', { runId }).result;
}
