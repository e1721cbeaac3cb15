import type { NumberArray } from '../keras/numberArray';
import type { LayerSettings } from './layerSettings';
import type { LayerCall } from './readCalls';
import type { WrittenBy } from './writtenBy';

/** A standard layer of tfjs, in Keras 2's words. All settings are written out: no default of tfjs is relied on. */
export interface LayerSpec {
  kind: string;
  settings: Record<string, unknown>;
  /** Added to the name of the file's layer, for those that stand for what the layer does after its own work. */
  suffix?: string;
  /** Weights that are not in the file but follow from the settings. */
  weights?: Record<string, NumberArray>;
}

/** What a rule may know beside the layer's settings. */
export interface RuleContext {
  /** What saved the file. Asks where the file does not say. */
  writtenBy(): WrittenBy;
  /** The shape of what the layer reads, the batch left out. @throws LabError `model-unreadable` where a side is open */
  inputShape(): number[];
  /** Numbers of a weight that the file holds for the layer. */
  weight(name: string): number[] | null;
  /** The call of the layer that its constants are taken from. */
  call: LayerCall;
  /** Says in the import report what was changed. */
  note(detail: string): void;
  /** The rule of another kind, for a layer that stands as an activation inside this one. */
  settleInner(kind: string, config: Record<string, unknown>): LayerSpec[];
}

/**
 * What a layer of one kind computes by Keras' definition, as a chain of standard layers: the first keeps the layer's name
 * and weights. The rule reads every setting that it knows; one that it does not read is refused by its caller.
 *
 * @throws LabError `model-unreadable` naming the layer and the setting
 */
export type LayerRule = (settings: LayerSettings, context: RuleContext) => LayerSpec[];

/** One layer, the usual case. */
export const one = (kind: string, settings: Record<string, unknown>): LayerSpec[] => [{ kind, settings }];

/** The layer that gives what it is given. */
export const passThrough = (): LayerSpec[] => one('Activation', { activation: 'linear' });

/** x · scale + offset, by numbers or by one number per position of the last axis. */
export const scaleAndShift = (scale: number | number[], offset: number | number[]): LayerSpec[] =>
  one('Rescaling', { scale, offset });
