import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Name of the second input of a network whose forward pass depends on the group: int32 [n, 1]. */
export const groupInputName = 'group';

/** Whether a network has to be told the group of every image. */
export function takesGroup({ inputs }: LayersModel): boolean {
  return inputs.length === 2 && inputs[1]!.sourceLayer.name === groupInputName;
}
