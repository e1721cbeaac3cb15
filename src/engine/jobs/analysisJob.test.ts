import { describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { defaultAnalysisSettings } from '../../fairness/analysePredictions';
import type { AnalysisInput } from '../../fairness/fairnessAnalysis';
import type { EngineHost } from '../engineHost';
import { createLocalEngine } from '../localEngine';
import { Workspace } from '../workspace';
import { jobHandlers } from './jobHandlers';

/** Nothing is stored, and nothing but the store is needed. */
const engine = () => createLocalEngine(new Workspace({ store: createMemoryFileStore() } as EngineHost), jobHandlers);

const input: AnalysisInput = {
  labels: Int32Array.of(0, 0, 1, 1, 0, 0, 1, 1),
  groups: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
  classNames: ['benign', 'malignant'],
  groupNames: ['dark', 'light'],
  // Recalls of group 0: 1/2 and 1/2; of group 1: 1 and 1.
  model: { predicted: Int32Array.of(0, 1, 1, 0, 0, 0, 1, 1), scores: null },
  baseline: null,
  clusters: null,
};

describe('the job analysePredictions', () => {
  it('takes and gives what can be sent to and from a worker, and ends its progress at the whole', async () => {
    const fractions: number[] = [];
    const { result } = engine().start(
      'analysePredictions',
      structuredClone({ input, settings: { ...defaultAnalysisSettings, replicates: 50, permutations: 50 } }),
      { progress: ({ fraction }) => fractions.push(fraction) },
    );
    const analysis = structuredClone(await result);
    expect(analysis.model.gaps.eopp1.value).toBe(0.5);
    expect(fractions.at(-1)).toBe(1);
  });

  it('stops soon after it is cancelled', async () => {
    const settings = { ...defaultAnalysisSettings, replicates: 100_000 };
    const { result, cancel } = engine().start('analysePredictions', { input, settings });
    setTimeout(cancel, 30);
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
  });
});
