import {
  add,
  cast,
  div,
  equal,
  exp,
  expandDims,
  log,
  matMul,
  maximum,
  mean,
  mul,
  neg,
  norm,
  reshape,
  slice,
  sub,
  sum,
  type Tensor4D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * SNNL-Fair (preset `authors-code`) one channel at a time, as published: every channel's pair matrix is a tensor of its
 * own, and every channel's value is read by itself.
 *
 * @param maps float32 [b, h, w, C]; stays the caller's
 * @param groups group of each image
 * @returns l_k of each channel
 */
export async function publishedLoop(maps: Tensor4D, groups: Int32Array): Promise<number[]> {
  const [batch, , , channels] = maps.shape;
  const same = tidy(() => {
    const group = tensor1d(groups, 'int32');
    return cast(equal(expandDims(group, 0), expandDims(group, 1)), 'float32');
  });
  const losses: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const loss = tidy(() => {
      const rows = reshape(slice(maps, [0, 0, 0, channel], [-1, -1, -1, 1]), [batch, -1]);
      const unit = div(rows, maximum(norm(rows, 2, 1, true), 1e-12));
      const similarities = exp(sub(matMul(unit, unit, false, true), 1));
      const own = exp(sub(sum(mul(unit, unit), 1), 1));
      const numerator = sum(mul(similarities, same), 1);
      return mean(neg(log(div(add(numerator, 1e-9), sub(sum(similarities, 1), own)))));
    });
    losses.push((await loss.data())[0]!);
    loss.dispose();
  }
  same.dispose();
  return losses;
}
