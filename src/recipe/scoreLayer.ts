import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { scoreChannels } from '../snnl/scoreChannels';
import type { ChannelScores } from '../snnl/snnlOptions';
import type { RunConfig } from './runConfig';

/** SNNL-Fair of a layer on the training split, with a run's settings. */
export function scoreLayer(
  target: { model: LabModel; dataset: Dataset; layer: string; config: Pick<RunConfig, 'score' | 'seed'> },
  context: JobContext,
): Promise<ChannelScores> {
  const { model, dataset, layer, config } = target;
  const indices = splitIndices(dataset.manifest, 'train');
  return scoreChannels({ model, dataset, indices, layer, options: config.score, seed: config.seed }, context);
}
