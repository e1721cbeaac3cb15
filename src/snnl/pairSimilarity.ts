import {
  add,
  depthwiseConv2d,
  log,
  max,
  mul,
  reshape,
  softmax,
  square,
  sub,
  sum,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';

/** Images of one batch as points, per channel, such that d_ij / T = ½|row_i - row_j|² + offset_i + offset_j. */
export interface Points {
  /** [images, pixels, channels]. */
  rows: Tensor3D;
  /** [images, channels]; null = all zero. */
  offsets: Tensor2D | null;
}

/**
 * log Σ_j exp(-d_ij / T) over the images j of `others`, for each image i of `anchors` and each channel.
 *
 * Squared distances come from inner products, |a|² + |b|² - 2ab, so the points must be centred before: the error of
 * d/T is then about 1e-7 of the largest |row|², and with T = `auto` that is of order 1. Each row's largest term is
 * taken out before exp, so nothing underflows.
 *
 * @param ownTerm what to add to the term of each image with itself, [anchors, 1, others]: a large negative number
 *   leaves the pair out; null = `others` does not hold the anchors
 * @returns float32 [anchors, channels]
 */
export function pairSimilarity(anchors: Points, others: Points, ownTerm: Tensor3D | null): Tensor2D {
  return tidy(() => {
    const rest = transpose(halfSquaredNorms(others), [1, 0]);
    const products = sub(innerProducts(anchors.rows, others.rows), reshape(rest, [1, ...rest.shape]));
    const logits = ownTerm ? add(products, ownTerm) : products;
    // log Σ exp(x) = max(x) - log(max(softmax(x))): the softmax kernel is the only vectorised exp on WASM.
    const logSum = sub(max(logits, -1), log(max(softmax(logits), -1)));
    return sub(logSum, halfSquaredNorms(anchors)) as Tensor2D;
  });
}

/** ½|row|² + offset, [images, channels]. */
function halfSquaredNorms({ rows, offsets }: Points): Tensor2D {
  const half = mul(sum(square(rows), 1), 0.5);
  return (offsets ? add(half, offsets) : half) as Tensor2D;
}

/**
 * Inner products of all pairs of rows, channel by channel: [anchors, channels, others].
 *
 * Done as one depthwise convolution: the images are the lines of a picture, each other image is a filter of one line.
 * It reads the maps in the layout that they have, and on WASM it is some six times as fast as batched matMul.
 */
function innerProducts(anchors: Tensor3D, others: Tensor3D): Tensor3D {
  const [n, pixels, channels] = anchors.shape;
  const [m] = others.shape;
  const filters = transpose(reshape(others, [m, pixels * channels]), [1, 0]);
  const products = depthwiseConv2d(
    reshape(anchors, [1, n, pixels, channels]) as Tensor4D,
    reshape(filters, [1, pixels, channels, m]) as Tensor4D,
    1,
    'valid',
  );
  return reshape(products, [n, channels, m]);
}
