import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArchitectureName, ArchitectureSpec } from '../labModel';

/** A network that can be trained from scratch: one file in this folder, one line in the registry. */
export interface Architecture {
  name: ArchitectureName;
  /** For whom it is, in one sentence. */
  description: string;
  /** Smallest side of an image that leaves a map behind the last pooling. */
  minImageSize: number;
  /** A new network from the image to the logits. */
  build(spec: ArchitectureSpec): LayersModel;
}
