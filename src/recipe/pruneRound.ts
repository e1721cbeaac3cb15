import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import type { ModelId } from '../foundation/ids';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { createRandom } from '../foundation/random';
import type { ImportanceFacts } from '../importance/importance';
import { importances } from '../importance/importances';
import { copyModel } from '../model/copyModel';
import { kernelOf } from '../model/kernelOf';
import type { LabModel, PruningPlan } from '../model/labModel';
import { applyPruning } from '../model/surgery/applyPruning';
import { planPruning } from '../model/surgery/planPruning';
import { silentChannels } from '../model/surgery/silentChannels';
import type { ChannelScores } from '../snnl/snnlOptions';
import { mapSkewness } from './mapSkewness';
import type { RunConfig } from './runConfig';
import { chooseChannels } from './selectChannels';
import { type TapRequest, tapDataset } from './tapDataset';

export interface PruneRequest {
  /** Id of the arm's importance. */
  arm: string;
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
 * Sorts and prunes: ranks the layer's channels as the arm's importance does, selects the lowest and removes them for real, or
 * silences them where the mode says so. A channel that was silenced in an earlier round is not chosen again.
 *
 * @returns a new model; the old one is untouched. An arm that prunes nothing gets a copy, without a plan.
 * @throws LabError `last-channel` when nothing would be left; `importance-not-found`; `shape-mismatch` when the importance
 *   gives another number of values than there are channels
 */
export async function pruneRound(request: PruneRequest, context: JobContext): Promise<PrunedModel> {
  const { arm, model, layer, scores, originalChannels, id, config } = request;
  const { rank } = importances.find(arm);
  if (rank === null) return { model: copyModel(model, id), plan: null, prunedOriginal: [] };
  const { ratio, rounding, mode } = config.pruning;
  const values = await rank(factsOf(request, context));
  if (values.length !== scores.scores.length) throw wrongLength(arm, values.length, scores.scores.length);
  const silent = silentChannels(model, layer);
  const remove = chooseChannels({ values, silent }, { originalChannels, ratio, rounding });
  const plan = planPruning(model, { [layer]: remove }, mode);
  return {
    model: applyPruning(model, plan, id),
    plan,
    prunedOriginal: remove.map((channel) => scores.originalChannels[channel]!),
  };
}

/** What an importance may look at. Nothing is read before it is asked for. */
function factsOf({ model, dataset, layer, scores, round, config }: PruneRequest, context: JobContext): ImportanceFacts {
  const request = { model, dataset, layer, indices: splitIndices(dataset.manifest, 'train') };
  return {
    channelCount: scores.scores.length,
    scores: async () => scores.scores,
    kernel: () => kernelOf(model, layer),
    skewness: () => mapSkewness(request, context),
    maps: () => mapsOf(request, context),
    random: createRandom(config.seed, 'random-arm', round),
  };
}

async function* mapsOf(request: TapRequest, context: JobContext): ReturnType<ImportanceFacts['maps']> {
  for await (const maps of tapDataset(request, context)) {
    const { shape } = maps;
    const data = await maps.data<'float32'>().finally(() => maps.dispose());
    yield { data, shape };
  }
}

function wrongLength(arm: string, found: number, expected: number): LabError {
  return new LabError({
    code: 'shape-mismatch',
    stage: 'ranking',
    message: `The importance "${arm}" ranks ${found} channels, and the layer has ${expected}.`,
    hint: 'Its rank must give one value per channel. Run without this arm, or correct it.',
    details: { arm, found, expected },
  });
}
