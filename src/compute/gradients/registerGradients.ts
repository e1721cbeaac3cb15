// Registers the stock gradients, which must happen before they are replaced.
import '@tensorflow/tfjs-layers';
import { getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { averagePoolGradient } from './averagePoolGradient';
import { batchNormGradient } from './batchNormGradient';
import { trainBatchNormalizationByKernel } from './batchNormTraining';
import { fusedConv2DGradient, rememberConvSettings } from './fusedConv2DGradient';
import { maxGradient } from './maxGradient';
import { meanGradient, sumGradient } from './reductionGradients';
import { reluGradient } from './reluGradient';
import { resizeBilinearGradient, resizeNearestGradient } from './resizeGradients';

const gradients = [
  sumGradient,
  meanGradient,
  maxGradient,
  reluGradient,
  averagePoolGradient,
  resizeNearestGradient,
  resizeBilinearGradient,
  batchNormGradient,
  fusedConv2DGradient,
];

/**
 * Replaces stock gradients on every backend: those that waste most of a training step (`Sum`, `Mean`, `Relu`,
 * `FusedBatchNorm`, `tf.fused.conv2d`), and those that are wrong (`AvgPool`, `Max`, the two resizings). May be called again.
 * @param backendName the backend that will train; its kernels are registered already
 */
export function registerGradients(backendName: string): void {
  rememberConvSettings(backendName);
  trainBatchNormalizationByKernel();
  for (const gradient of gradients) {
    const stock = getGradient(gradient.kernelName);
    if (stock === gradient) continue;
    if (stock) unregisterGradient(gradient.kernelName);
    registerGradient(gradient);
  }
}
