import { add, mul, type Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { bounds } from '../../foundation/bounds';
import { choiceSetting, numberSetting } from '../../foundation/setting';
import type { Method } from '../method';
import { parityDifference, summedCrossEntropy } from './fairAdaBnLoss';
import { adaptBatchNorms, batchNormsOf } from './groupBatchNorms';

const settings = z.strictObject({
  alpha: numberSetting(bounds.lossWeight, 1, {
    label: 'Weight of SPD',
    meaning: 'Multiplies the statistical parity difference that is added to the cross-entropies of the groups.',
  }),
  which: choiceSetting({ paper: 'All but the first', release: 'Not the second of a block either' }, 'paper', {
    label: 'BatchNorms of each group’s own',
    meaning:
      'Which BatchNorms every group gets for itself: all but the first of the network, or also not the second of a residual block and that of its shortcut. In a network without residual blocks the two are the same.',
  }),
});

/** BatchNorm for each group by itself, and a loss that asks for equal predictions. */
export const fairAdaBn: Method<z.infer<typeof settings>> = {
  id: 'fair-adabn',
  label: 'FairAdaBN',
  meaning:
    'Normalises each group by itself, and asks in the loss for equal shares of predictions. Needs the group of every image.',
  formula:
    'loss = Σ over groups of mean cross-entropy + alpha · Σ over classes of (mean probability in one group − in the other)²',
  source: {
    publication: 'Xu, Zhao, Quan, Yao and Zhou, FairAdaBN, MICCAI 2023 (arXiv 2303.08325).',
    code: 'XuZikang/FairAdaBN',
    differences: [
      'The parity difference is of probabilities; the released code counts predicted classes, of which it has 9 written in, so that no gradient comes of it.',
      'All groups go through the network in one batch; the released code takes one pass for each, with the same statistics.',
      'Running variances are biased, as in TensorFlow.js; PyTorch’s are not.',
      'A batch without images of a group leaves the statistics of that group alone; the loss of the released code is no number there.',
      'With more than two groups the parity difference is the mean over all pairs; the paper has two.',
    ],
    unknown: [
      'The released code holds blocks with a second BatchNorm and a shortcut for all groups, and a script that trains with every BatchNorm but the first for each group: which of them made the tables is not said.',
      'alpha is that of the released code, which adds the parity difference as it is.',
      'It was trained with AdamW, learning rate 1e-4, weight decay 1e-4, cosine, batches of 64, groups sampled equally: set these as training settings.',
    ],
  },
  settings,
  needsGroup: true,
  obstacle: ({ network, groupInput }) => {
    if (groupInput) return 'it has BatchNorms of each group’s own already.';
    const count = batchNormsOf(network).length;
    if (count > 1) return null;
    const found = count === 0 ? 'no BatchNorm' : 'one BatchNorm, which all groups share';
    return `it has ${found}, and from the second on each group gets one for itself. Plain VGG has none; VGG-11-BN and ResNet-18 have.`;
  },
  adapt: adaptBatchNorms,
  loss: (input, { alpha }): Scalar => add(summedCrossEntropy(input), mul(alpha, parityDifference(input))),
};
