import type { BenchCase, NetName, RowPlan, Variant, Work } from './benchCase';
import { type CaseSize, labOn } from './caseSize';

interface NetPlan {
  label: string;
  net: NetName;
  imageSize: number;
  batch: number;
  /** Largest train step over PyTorch's, one thread each. */
  atMostTorch: number;
}

const demoNet: NetPlan = { label: 'demo net', net: 'small-cnn', imageSize: 64, batch: 32, atMostTorch: 1.2 };
const vgg11: NetPlan = { label: 'VGG-11 GAP', net: 'vgg11', imageSize: 128, batch: 16, atMostTorch: 3.5 };
const resNet18: NetPlan = { label: 'ResNet-18', net: 'resnet18', imageSize: 128, batch: 16, atMostTorch: 5 };
const nets = [demoNet, vgg11, resNet18];

/** Training: against the net's own forward pass; against tfjs as it comes; on WASM also against PyTorch. */
export function trainCases(backend: 'wasm' | 'webgpu', size: CaseSize): BenchCase[] {
  if (size === 'software') return [againstStock(demoNet, backend, size)];
  const stock = [demoNet, resNet18].map((plan) => againstStock(plan, backend, size));
  return [...nets.map((plan) => (backend === 'webgpu' ? onWebGpu(plan, size) : onWasm(plan, size))), ...stock];
}

function onWasm(plan: NetPlan, size: CaseSize): BenchCase {
  const { label, atMostTorch } = plan;
  const step = workOf('train-step', plan, size);
  const forward = workOf('forward', plan, size);
  return {
    name: `train ${label}, WASM`,
    variants: {
      step: { runner: 'lab-wasm', work: step },
      forward: { runner: 'lab-wasm', work: forward },
      torchStep: { runner: 'torch', work: step },
      torchForward: { runner: 'torch', work: forward },
    },
    rows: [
      { ...stepOverForward(label, 'WASM'), bar: { atMost: 3.5 } },
      {
        name: `${label}, train step / PyTorch’s, WASM`,
        over: 'step',
        under: 'torchStep',
        bar: { atMost: atMostTorch },
      },
      { name: `${label}, forward / PyTorch’s, WASM`, over: 'forward', under: 'torchForward', bar: null },
    ],
  };
}

function onWebGpu(plan: NetPlan, size: CaseSize): BenchCase {
  const { runner, label } = labOn.webgpu;
  return {
    name: `train ${plan.label}, WebGPU`,
    variants: {
      step: { runner, work: workOf('train-step', plan, size) },
      forward: { runner, work: workOf('forward', plan, size) },
    },
    rows: [stepOverForward(plan.label, label)],
  };
}

function stepOverForward(net: string, backend: string): RowPlan {
  return { name: `${net}, train step / own forward, ${backend}`, over: 'step', under: 'forward', bar: null };
}

function againstStock(plan: NetPlan, backend: 'wasm' | 'webgpu', size: CaseSize): BenchCase {
  const { runner, label } = labOn[backend];
  const isWasm = backend === 'wasm';
  const work = workOf('train-step', plan, size);
  const variants: Record<string, Variant> = {
    lab: { runner, work },
    stock: { runner: `stock-${backend}`, work },
  };
  return {
    name: `train ${plan.label} against stock, ${label}`,
    variants,
    rows: [
      {
        name: `${plan.label}, train step of stock tfjs${isWasm ? ' with a naive filter gradient' : ''} / ours, ${label}`,
        over: 'stock',
        under: 'lab',
        bar: isWasm ? { atLeast: 4 } : null,
      },
    ],
  };
}

function workOf(kind: 'train-step' | 'forward', { net, imageSize, batch }: NetPlan, size: CaseSize) {
  const work = size === 'full' ? { kind, net, imageSize, batch } : { kind, net, imageSize: 64, batch: 4 };
  return work satisfies Work;
}
