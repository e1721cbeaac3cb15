import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Asker } from '../../foundation/openQuestion';
import type { FoundModule } from './listModules';

/** A network that names and shapes of a state dict show, as far as they do. */
export interface FoundNetwork {
  /** What it is, in words. */
  architecture: string;
  /** What its names say of it, as a sentence; left out when they say nothing. */
  byName?: string;
  /** Side of the images that such networks are usually used with. */
  usualImageSize: number;
  /** Its modules, those of all heads among them. */
  claimed: FoundModule[];
  /**
   * Asks for what names and shapes do not say, and plans the network by the answers.
   *
   * @throws LabError `config-invalid` for an answer that the question does not take
   */
  plan(asker: Asker, imageSize: number): PlannedNetwork;
}

/** A network that can be built, not yet with its weights. */
export interface PlannedNetwork {
  build(): LayersModel;
  /** The module of the checkpoint by layer of the network built. */
  moduleOf(network: LayersModel): Map<string, string>;
  /** Whether maps of other sizes than the first dense layer reads are averaged to that size, as adaptive pooling does. */
  isAdaptive: boolean;
}
