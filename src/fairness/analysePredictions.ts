import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import type { AnalysisInput, AnalysisSettings, FairnessAnalysis } from './fairnessAnalysis';

export const defaultAnalysisSettings: AnalysisSettings = {
  replicates: 2000,
  permutations: 1000,
  level: 0.95,
  method: 'percentile',
  seed: 1,
  lambda: 1,
  calibrationBins: 15,
  minimumGroupSize: 1,
};

/**
 * Every metric of a model's predictions by group, the gaps between any number of groups, their intervals and noise
 * floors and, against a baseline, paired differences, FATE and the levelling-down check.
 *
 * @throws LabError `predictions-invalid`, `group-too-small` when fewer than two groups have the minimum size,
 * `config-invalid`, `cancelled`
 */
export async function analysePredictions(
  _input: AnalysisInput,
  _settings: AnalysisSettings,
  _context: JobContext,
): Promise<FairnessAnalysis> {
  throw new LabError({ code: 'internal', message: 'Not written yet.', hint: 'Wait for the next commit.' });
}
