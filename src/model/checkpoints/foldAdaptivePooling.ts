import { matMul, reshape, type Tensor, tensor2d, transpose } from '@tensorflow/tfjs-core';

/**
 * Takes torch's adaptive average pooling into the weights that read it: those of a dense layer on pooled maps become
 * those of a dense layer on the maps themselves, W′[·,·,h,w] = Σ_ij W[·,·,i,j] A[i,h] A[j,w].
 *
 * @param weights [units, channels, pooled height, pooled width]
 * @returns [units, channels, height, width]
 * @source torch.nn.AdaptiveAvgPool2d: cell i averages the rows ⌊i·n/m⌋ … ⌈(i+1)·n/m⌉ - 1
 */
export function foldAdaptivePooling(weights: Tensor, height: number, width: number): Tensor {
  const [units, channels, pooledHeight, pooledWidth] = weights.shape as [number, number, number, number];
  const alongWidth = matMul(reshape(weights, [-1, pooledWidth]), averages(pooledWidth, width));
  const turned = transpose(reshape(alongWidth, [units, channels, pooledHeight, width]), [0, 1, 3, 2]);
  const alongHeight = matMul(reshape(turned, [-1, pooledHeight]), averages(pooledHeight, height));
  return transpose(reshape(alongHeight, [units, channels, width, height]), [0, 1, 3, 2]);
}

/** Row i holds the shares with which pooled cell i averages `size` cells. */
function averages(pooled: number, size: number): Tensor {
  const shares = new Float32Array(pooled * size);
  for (let i = 0; i < pooled; i++) {
    const start = Math.floor((i * size) / pooled);
    const end = Math.ceil(((i + 1) * size) / pooled);
    shares.fill(1 / (end - start), i * size + start, i * size + end);
  }
  return tensor2d(shares, [pooled, size]);
}
