import type { PublishedArchitecture } from '../labModel';
import type { BlockLayout, ResNetLayout } from './buildBasicResNet';
import { channelsOf } from './channelsOf';

const stageWidths = [64, 128, 256, 512];
const blocksPerStage = 2;

/**
 * ResNet-18 in torchvision's layout and names: 7×7 stem with stride 2, 3×3 max-pooling with stride 2, four stages of two
 * basic blocks, global average pooling, one dense layer.
 * @source He et al. 2015, arXiv 1512.03385
 */
export function resNet18Layout(spec: PublishedArchitecture): ResNetLayout {
  const { name, imageSize, channels, classCount, seed, widthMultiplier } = spec;
  return {
    name,
    imageSize,
    channels,
    classCount,
    seed,
    stem: { kernel: 7, stride: 2, isPooled: true },
    stemChannels: channelsOf(stageWidths[0]!, widthMultiplier),
    stages: stageWidths.map((width, stage) => stageOf(channelsOf(width, widthMultiplier), stage > 0)),
  };
}

/** The first block of every stage but the first halves the maps. */
function stageOf(width: number, isHalving: boolean): BlockLayout[] {
  return Array.from({ length: blocksPerStage }, (_, block) => {
    const halves = isHalving && block === 0;
    return { inner: width, outer: width, stride: halves ? 2 : 1, skip: halves ? 'convolution' : 'identity' };
  });
}
