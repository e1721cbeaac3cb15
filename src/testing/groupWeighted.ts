import {
  add,
  cast,
  div,
  losses,
  maximum,
  mul,
  oneHot,
  type Scalar,
  sub,
  sum,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { bounds } from '../foundation/bounds';
import { numberSetting } from '../foundation/setting';
import type { Method } from '../methods/method';

const settings = z.strictObject({
  weight: numberSetting(bounds.share, 0.5, {
    label: 'Weight of group 1',
    meaning: 'Share of the loss that is the mean of group 1.',
    unit: 'share',
  }),
});

/** A made-up method, as somebody would add one: this file, and a line that registers it. */
export const groupWeighted: Method<z.infer<typeof settings>> = {
  id: 'group-weighted',
  label: 'Group-weighted',
  meaning: 'Weights the mean losses of the two groups.',
  formula: 'loss = (1 − w) · mean cross-entropy of group 0 + w · that of group 1',
  source: { publication: 'Made up for tests.', code: null, differences: [], unknown: [] },
  settings,
  loss({ logits, labels, groups, classCount }, { weight }): Scalar {
    const each = losses.softmaxCrossEntropy(oneHot(labels, classCount), logits, undefined, 0, 0) as Tensor1D;
    const isOne = cast(groups, 'float32');
    const mean = (members: Tensor1D) => div(sum(mul(each, members)), maximum(sum(members), 1));
    return add(mul(1 - weight, mean(sub(1, isOne))), mul(weight, mean(isOne)));
  },
};
