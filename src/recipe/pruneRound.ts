import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import type { ModelId } from '../foundation/ids';
import type { JobContext } from '../foundation/jobContext';
import { createRandom } from '../foundation/random';
import { copyModel } from '../model/copyModel';
import { kernelOf } from '../model/kernelOf';
import type { LabModel, PruningPlan } from '../model/labModel';
import { applyPruning } from '../model/surgery/applyPruning';
import { planPruning } from '../model/surgery/planPruning';
import { silentChannels } from '../model/surgery/silentChannels';
import type { ChannelScores } from '../snnl/snnlOptions';
import { mapSkewness } from './mapSkewness';
import { rankChannels } from './rankChannels';
import type { ArmName, RunConfig } from './runConfig';
import { chooseChannels } from './selectChannels';

export interface PruneRequest {
  arm: ArmName;
  model: LabModel;
  /** Its training split is what maps are measured on. */
  dataset: Dataset;
  layer: string;
  /** Scores of the layer as it is now. */
  scores: ChannelScores;
  /** Channels of the layer before the first round. */
  originalChannels: number;
  round: number;
  /** Id of the model to make. */
  id: ModelId;
  config: RunConfig;
}

export interface PrunedModel {
  model: LabModel;
  /** What was removed; null when nothing was. */
  plan: PruningPlan | null;
  /** The removed channels, by their index before the first round. */
  prunedOriginal: number[];
}

/**
 * Sorts and prunes: ranks the layer's channels as the arm does, selects the lowest and removes them for real, or silences
 * them where the mode says so. A channel that was silenced in an earlier round is not chosen again.
 *
 * @returns a new model; the old one is untouched. The fine-tune-only arm gets a copy, without a plan.
 * @throws LabError `last-channel` when nothing would be left
 */
export async function pruneRound(request: PruneRequest, context: JobContext): Promise<PrunedModel> {
  const { arm, model, dataset, layer, scores, originalChannels, round, id, config } = request;
  if (arm === 'fine-tune-only') return { model: copyModel(model, id), plan: null, prunedOriginal: [] };
  const { ratio, rounding, mode } = config.pruning;
  const values = await rankChannels(arm, {
    scores: scores.scores,
    kernel: () => kernelOf(model, layer),
    skewness: () => mapSkewness({ model, dataset, layer, indices: splitIndices(dataset.manifest, 'train') }, context),
    random: createRandom(config.seed, 'random-arm', round),
  });
  const silent = silentChannels(model, layer);
  const remove = chooseChannels({ values, silent }, { originalChannels, ratio, rounding });
  const plan = planPruning(model, { [layer]: remove }, mode);
  return {
    model: applyPruning(model, plan, id),
    plan,
    prunedOriginal: remove.map((channel) => scores.originalChannels[channel]!),
  };
}
