/** Output channels of a 3×3 convolution, or `M` for a 2×2 max-pooling. */
export type ConvPlan = readonly (number | 'M')[];

export const smallCnnPlan: ConvPlan = [8, 'M', 16, 'M', 32, 'M', 64, 128];

/** Configuration A of Simonyan and Zisserman 2014, arXiv 1409.1556. */
export const vgg11Plan: ConvPlan = [64, 'M', 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'];
/** Units of the dense layers before the logits, where a VGG has its published head. */
export const hiddenUnits: readonly number[] = [4096, 4096];

/** ResNet-18 of He et al. 2015, arXiv 1512.03385. */
export const resNet18Widths: readonly number[] = [64, 128, 256, 512];
export const blocksPerStage = 2;
