// Registers the stock gradients, which must happen before they are replaced.
import '@tensorflow/tfjs-layers';
import { getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { batchNormGradient } from './batchNormGradient';
import { trainBatchNormalizationByKernel } from './batchNormTraining';
import { fusedConv2DGradient, rememberConvSettings } from './fusedConv2DGradient';
import { meanGradient, sumGradient } from './reductionGradients';
import { reluGradient } from './reluGradient';

/**
 * Replaces the stock gradients that waste most of a training step, on every backend: `Sum`, `Mean`,
 * `Relu`, `FusedBatchNorm` and `tf.fused.conv2d`. May be called again.
 * @param backendName the backend that will train; its kernels are registered already
 */
export function registerGradients(backendName: string): void {
  rememberConvSettings(backendName);
  trainBatchNormalizationByKernel();
  for (const gradient of [sumGradient, meanGradient, reluGradient, batchNormGradient, fusedConv2DGradient]) {
    const stock = getGradient(gradient.kernelName);
    if (stock === gradient) continue;
    if (stock) unregisterGradient(gradient.kernelName);
    registerGradient(gradient);
  }
}
