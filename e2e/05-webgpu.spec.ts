import { completeRunConfig } from '../src/recipe/runConfig';
import { openEngine } from './headlessEngine';
import { expect, test } from './labPage';

test('the whole loop runs on WebGPU too, and its scores are those of WASM', async ({ browser }) => {
  test.setTimeout(400_000);
  const demo = { bias: 1, count: 120, imageSize: 16, seed: 4 };
  const config = completeRunConfig({
    score: { batchSize: 24 },
    pruning: { ratio: 0.2, rounds: 1 },
    fineTune: { epochs: 1, batchSize: 24 },
    arms: ['snnl', 'lowest-l1'],
    statistics: { replicates: 20, permutations: 20 },
  });
  const runOn = async (backend: 'wasm' | 'webgpu') => {
    const context = await browser.newContext();
    try {
      const engine = await openEngine(await context.newPage(), backend);
      const dataset = await engine('generateDemo', { settings: demo });
      const { model } = await engine('trainModel', {
        datasetId: dataset.id,
        name: 'tiny',
        architecture: { name: 'small-cnn', imageSize: 16, classCount: 5, widthMultiplier: 0.125, seed: 1 },
        settings: { ...config.fineTune, epochs: 0 },
        seed: 1,
      });
      const { runId } = await engine('runRecipe', { datasetId: dataset.id, modelId: model.id, config });
      return await engine('readRun', { runId });
    } finally {
      await context.close();
    }
  };
  const gpu = await runOn('webgpu');
  const wasm = await runOn('wasm');
  expect(gpu.environment.backend).toBe('webgpu');
  expect(gpu.status).toBe('finished');
  const scores = wasm.baseline.scores.scores;
  expect(scores).toHaveLength(16);
  for (const [channel, score] of gpu.baseline.scores.scores.entries()) expect(score).toBeCloseTo(scores[channel]!, 4);
  for (const arm of gpu.arms) expect(arm.rounds[0]!.channelsLeft).toBe(13);
});
