import { add, mul, type Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { bounds } from '../../foundation/bounds';
import { numberSetting } from '../../foundation/setting';
import type { Method } from '../method';
import { crossEntropyLoss } from '../vanilla/vanilla';
import { hsicLoss } from './hsicLoss';

const settings = z.strictObject({
  weight: numberSetting(bounds.lossWeight, 0.5, {
    label: 'Weight of HSIC',
    meaning: 'Multiplies the dependence of features and group that is added to the cross-entropy.',
  }),
});

/** Cross-entropy, and the dependence of the penultimate features on the group within each class. */
export const hsic: Method<z.infer<typeof settings>> = {
  id: 'hsic',
  label: 'HSIC',
  meaning: 'Adds to the loss how far the features within a class depend on the group.',
  formula: 'loss = cross-entropy + weight · Σ over classes of HSIC(features, group), kernels RBF, unbiased estimate',
  source: {
    publication:
      'Quadrianto, Sharmanska and Thomas, Discovering Fair Representations in the Data Domain, CVPR 2019; unbiased HSIC of Song et al., JMLR 2012.',
    code: 'DQle38/Fair-Feature-Distillation and chiuhaohao/Fair-Multi-Exit-Framework',
    differences: [
      'A sample whose features are all 0 takes its class out of the batch’s sum; the released code gives NaN there.',
    ],
    unknown: ['The paper does not print the weight; 0.5 is that of the released code.'],
  },
  settings,
  loss: (input, { weight }): Scalar =>
    add(crossEntropyLoss(input), mul(weight, hsicLoss(input.features, input.labels, input.groups, input))),
};
