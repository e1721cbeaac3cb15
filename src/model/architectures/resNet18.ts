import type { Architecture } from './architecture';
import { blocksPerStage, resNet18Widths } from './architecturePlans';
import { type BlockLayout, buildBasicResNet } from './buildBasicResNet';
import { channelsOf } from './channelsOf';

/**
 * ResNet-18 in torchvision's layout and names: 7×7 stem with stride 2, 3×3 max-pooling with stride 2, four stages of two
 * basic blocks, global average pooling, one dense layer.
 * @source He et al. 2015, arXiv 1512.03385
 */
export const resNet18: Architecture = {
  name: 'resnet18',
  description: 'The paper’s network for faces. It wants a GPU, or patience.',
  minImageSize: 32,
  build: (spec) =>
    buildBasicResNet({
      ...spec,
      stem: 'imagenet',
      stemChannels: channelsOf(resNet18Widths[0]!, spec),
      stages: resNet18Widths.map((width, stage) => stageOf(channelsOf(width, spec), stage > 0)),
    }),
};

/** The first block of every stage but the first halves the maps. */
function stageOf(width: number, isHalving: boolean): BlockLayout[] {
  return Array.from({ length: blocksPerStage }, (_, block) => {
    const halves = isHalving && block === 0;
    return { inner: width, outer: width, stride: halves ? 2 : 1, skip: halves ? 'convolution' : 'identity' };
  });
}
