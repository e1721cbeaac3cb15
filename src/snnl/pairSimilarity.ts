import {
  add,
  depthwiseConv2d,
  expandDims,
  log,
  max,
  reshape,
  softmax,
  sub,
  type Tensor2D,
  type Tensor3D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { Points } from './points';

/**
 * log Σ_j exp(-d_ij / T) over the images j of `others`, for each image i of `anchors` and each channel.
 *
 * Distances come from inner products, so the points must be centred: the error of d/T is then about 1e-7 of the
 * largest |row|², and with T = `auto` that is of order 1. Each anchor's largest term is taken out before exp, so that
 * nothing underflows.
 *
 * @param ownTerm what to add to the term of an image with itself, [anchors, 1, others]: a large negative number leaves
 *   the pair out; null when no image is in both
 * @returns float32 [anchors, channels]
 */
export function pairSimilarity(anchors: Points, others: Points, ownTerm: Tensor3D | null): Tensor2D {
  return tidy(() => {
    const products = innerProducts(anchors.rows, others.rows);
    const logits = sub(products, expandDims(transpose(others.potentials), 0));
    const terms = ownTerm ? add(logits, ownTerm) : logits;
    // log Σ exp(x) = max(x) - log(max(softmax(x))): softmax is the one kernel with a vectorised exp on WASM.
    const logSums = sub(max(terms, -1), log(max(softmax(terms), -1)));
    return sub(logSums, anchors.potentials);
  });
}

/**
 * Inner products of all pairs of rows, channel by channel: [anchors, channels, others].
 *
 * Done as one depthwise convolution: the anchors are the lines of a picture, every other image is a filter as long as
 * a line. It reads the maps in the layout that they have, and on WASM takes a sixth of the time of a batched matMul.
 */
function innerProducts(anchors: Tensor3D, others: Tensor3D): Tensor3D {
  const [n, pixels, channels] = anchors.shape;
  const [m] = others.shape;
  const filters = transpose(reshape(others, [m, pixels * channels]));
  const picture = expandDims<Tensor3D>(anchors, 0);
  const products = depthwiseConv2d(picture, reshape(filters, [1, pixels, channels, m]), 1, 'valid');
  return reshape(products, [n, channels, m]);
}
