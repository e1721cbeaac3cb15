import type { ChannelScores } from '../../snnl/snnlOptions';
import { refuseField, requireChannels, requireEqual, requireLength, requireWithin } from './refuseField';

/** What the scores of a layer have to agree with. */
export interface ScoresFrame {
  layer: string;
  /** Channels that the layer may have, by the numbers that they had before any pruning. */
  originalChannels: number;
  trainingImages: number;
}

/**
 * Checks the lengths and ranges of a layer's scores. The scores themselves need the images and are not computed again.
 *
 * @param field path of the scores in their record
 * @throws LabError `record-invalid`
 */
export function checkChannelScores(found: ChannelScores, frame: ScoresFrame, field: string): void {
  const { scores, standardErrors, temperatures, originalChannels } = found;
  requireEqual(`${field}.layer`, found.layer, frame.layer, 'the layer of the run');
  if (scores.length === 0) refuseField(`${field}.scores.length`, 0, 'at least 1');
  for (const [name, list] of Object.entries({ standardErrors, temperatures, originalChannels })) {
    requireLength(`${field}.${name}`, list, scores.length, 'one per channel');
  }
  requireChannels(`${field}.originalChannels`, originalChannels, frame.originalChannels);
  for (const [channel, error] of standardErrors.entries()) {
    if (error !== null) requireWithin(`${field}.standardErrors.${channel}`, error, 0, Number.MAX_VALUE);
  }
  requireWithin(`${field}.imagesUsed`, found.imagesUsed, 0, frame.trainingImages);
}
