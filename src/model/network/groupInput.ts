import { type LayersModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** Name of the second input of a network whose forward pass depends on the group: int32 [n, 1]. */
export const groupInputName = 'group';

/** Makes that input. */
export function makeGroupInput(): SymbolicTensor {
  return layers.input({ name: groupInputName, shape: [1], dtype: 'int32' });
}

/** Whether a network has to be told the group of every image. */
export function takesGroup({ inputs }: LayersModel): boolean {
  const [, group, ...more] = inputs;
  return group !== undefined && more.length === 0 && group.shape.join() === ',1' && isGroupInput(group.sourceLayer);
}

/** Whether a layer is where groups come in. */
export function isGroupInput(layer: layers.Layer): boolean {
  return layer.name === groupInputName && layer.getClassName() === 'InputLayer';
}
