import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { batchNormTrainingGradKernel, batchNormTrainingKernel } from '../../gradients/batchNormTraining';
import { reluGradKernel } from '../../gradients/reluGradient';
import { batchNormTraining, batchNormTrainingGrad } from './batchNormTraining';
import { conv2DBackpropFilter } from './conv2DBackpropFilter';
import { reluGrad } from './reluGrad';
import { sumOverRows } from './sumOverRows';

/** Registers the kernels that make training on WebGPU faster than the stock ones do. May be called again. */
export function registerWebGpuTraining(): void {
  if (getKernel(reluGradKernel, 'webgpu')) return;
  addKernel(reluGradKernel, reluGrad);
  addKernel(batchNormTrainingKernel, batchNormTraining);
  addKernel(batchNormTrainingGradKernel, batchNormTrainingGrad);
  replaceKernel('Conv2DBackpropFilter', conv2DBackpropFilter);
  replaceKernel('Sum', sumOverRows);
}

function addKernel(kernelName: string, kernelFunc: KernelFunc): void {
  registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
}

function replaceKernel(kernelName: string, replacement: (stock: KernelFunc) => KernelFunc): void {
  const stock = getKernel(kernelName, 'webgpu');
  unregisterKernel(kernelName, 'webgpu');
  registerKernel({ ...stock, kernelFunc: replacement(stock.kernelFunc) });
}
