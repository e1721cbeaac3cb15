import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { batchNormTrainingGradKernel, batchNormTrainingKernel } from '../gradients/batchNormTraining';
import { reluGradKernel } from '../gradients/reluGradient';
import { batchNormByGain } from './batchNorm';
import { batchNormTraining, batchNormTrainingGrad } from './batchNormTraining';
import { correctCast } from './cast';
import { columnReduction } from './columnSums';
import { conv2DBackpropFilter } from './conv2DBackpropFilter';
import { conv2DBackpropInput } from './conv2DBackpropInput';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwiseGradients';
import { correctSamePadding, refuseWidePoolPadding } from './forwardGuards';
import { gatherUnderOwnShape } from './gather';
import { maxPoolGrad } from './maxPoolGrad';
import { reluGrad } from './reluGrad';
import { sharedIdentity } from './sharedIdentity';
import { tileByBlocks } from './tile';
import { byWinograd } from './winograd/byWinograd';

/**
 * Registers the kernels that make training work, and work at speed, on the WASM backend, and puts guards before the
 * stock kernels that compute wrong values. May be called again, before or after the backend is ready.
 */
export function registerWasmGradients(): void {
  if (getKernel('Conv2DBackpropFilter', 'wasm')?.kernelFunc === conv2DBackpropFilter) return;
  addKernel('Conv2DBackpropFilter', conv2DBackpropFilter);
  addKernel(reluGradKernel, reluGrad);
  addKernel(batchNormTrainingKernel, batchNormTraining);
  addKernel(batchNormTrainingGradKernel, batchNormTrainingGrad);
  addKernel('DepthwiseConv2dNativeBackpropInput', depthwiseBackpropInput);
  addKernel('DepthwiseConv2dNativeBackpropFilter', depthwiseBackpropFilter);
  replaceKernel('Conv2DBackpropInput', () => conv2DBackpropInput);
  replaceKernel('MaxPoolGrad', () => maxPoolGrad);
  replaceKernel('Sum', (stock) => columnReduction(stock, 'sum'));
  replaceKernel('Mean', (stock) => columnReduction(stock, 'mean'));
  replaceKernel('FusedBatchNorm', batchNormByGain);
  replaceKernel('Tile', tileByBlocks);
  replaceKernel('Identity', sharedIdentity);
  replaceKernel('Cast', correctCast);
  replaceKernel('GatherV2', gatherUnderOwnShape);
  for (const kernelName of ['Conv2D', 'FusedConv2D']) {
    replaceKernel(kernelName, (stock) => byWinograd(correctSamePadding(stock, false)));
  }
  for (const kernelName of ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D']) {
    replaceKernel(kernelName, (stock) => correctSamePadding(stock, true));
  }
  for (const kernelName of ['MaxPool', 'AvgPool']) replaceKernel(kernelName, refuseWidePoolPadding);
}

function addKernel(kernelName: string, kernelFunc: KernelFunc): void {
  registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

/** Keeps the stock kernel's set-up, which a replacement that falls back on it needs. */
function replaceKernel(kernelName: string, replacement: (stock: KernelFunc) => KernelFunc): void {
  const stock = getKernel(kernelName, 'wasm');
  unregisterKernel(kernelName, 'wasm');
  registerKernel({ ...stock, kernelFunc: replacement(stock.kernelFunc) });
}
