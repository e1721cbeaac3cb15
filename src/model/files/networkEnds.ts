import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ChannelCount, channelCounts } from '../labModel';
import { findEnd } from '../network/findEnd';
import { modelUnreadable } from './modelUnreadable';

/** What goes into a network, and what comes out. */
export interface NetworkEnds {
  imageSize: number;
  channels: ChannelCount;
  classCount: number;
}

/** @throws LabError `model-unreadable` when the lab cannot use a network with such ends */
export function checkEnds(path: string, network: LayersModel): NetworkEnds {
  const [input, ...moreInputs] = network.inputs;
  const [output, ...moreOutputs] = network.outputs;
  const [, height, width, colours] = input!.shape;
  const channels = channelCounts.find((count) => count === colours);
  if (moreInputs.length > 0 || input!.shape.length !== 4 || !channels || !height || height !== width) {
    const shapes = network.inputs.map(({ shape }) => `[${shape.map((side) => side ?? '?').join(', ')}]`).join(' and ');
    throw modelUnreadable(
      path,
      `its input is ${shapes}`,
      'The lab needs one input of square images of a fixed size, in colour or grey: [?, side, side, 3] or [?, side, side, 1].',
    );
  }
  const classCount = output!.shape[1];
  if (moreOutputs.length > 0 || output!.shape.length !== 2 || !classCount || classCount < 2) {
    const shapes = network.outputs.map(({ shape }) => `[${shape.map((side) => side ?? '?').join(', ')}]`).join(' and ');
    throw modelUnreadable(
      path,
      `its output is ${shapes}`,
      'The lab needs one output per class, and at least 2 classes.',
    );
  }
  const end = findEnd(network);
  if (['sigmoid', 'hardSigmoid'].includes(end.activation)) {
    throw modelUnreadable(
      path,
      `it ends in a sigmoid ("${end.layer.name}"), so that its outputs are no logits of classes that exclude one another`,
      'Export the network without its last activation.',
    );
  }
  return { imageSize: height, channels, classCount };
}
