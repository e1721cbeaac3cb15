import type { Asker } from '../../foundation/openQuestion';
import { isObject } from '../files/findModelJson';
import type { ImportLine } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NumberArray } from '../keras/numberArray';
import { fixImageSize } from './fixImageSize';
import { giveInputShape } from './giveInputShape';
import { settleNetwork } from './settleNetwork';
import { askWrittenBy, type WrittenBy } from './writtenBy';

/** What is known of a file beside its description of the network. */
export interface SettleOptions {
  /** What saved it; null where the file does not say. */
  writtenBy: WrittenBy | null;
  asker: Asker;
  /** Side of the images where the network takes any. */
  imageSize?: number;
  /** Numbers of a weight by `layer/weight`; null for one that the file does not hold. */
  weight?(name: string): number[] | null;
}

/** A network in standard layers of tfjs, described in Keras 2's words. */
export interface SettledTopology {
  topology: Record<string, unknown>;
  /** Weights that are not in the file but follow from settings, by `layer/weight`. */
  weights: Record<string, NumberArray>;
  /** What had to change. */
  lines: ImportLine[];
}

/**
 * Brings a network's description, as Keras 1 to 3, tf.keras and tfjs write it, into standard layers that tfjs computes by
 * Keras' definition. There is one rule per kind of layer, which knows its settings to the last one; kinds without a rule,
 * and settings that a rule does not read, are refused, since tfjs would pass over them in silence.
 *
 * @throws LabError `model-unreadable` naming the layer and the setting
 */
export function settleTopology(path: string, described: unknown, options: SettleOptions): SettledTopology {
  const network = isObject(described) && isObject(described.model_config) ? described.model_config : described;
  if (!isObject(network)) throw modelUnreadable(path, 'its configuration is no network', 'Export the network again.');
  let { writtenBy } = options;
  const context = {
    path,
    asker: options.asker,
    writtenBy: () => {
      writtenBy ??= askWrittenBy(options.asker);
      return writtenBy;
    },
    weight: options.weight ?? (() => null),
    weights: {} as Record<string, NumberArray>,
    lines: [] as ImportLine[],
  };
  const topology = settleNetwork(fixImageSize(giveInputShape(network), options), context);
  return { topology, weights: context.weights, lines: context.lines };
}
