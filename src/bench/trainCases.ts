import type { BenchCase, NetName, Work } from './benchCase';

interface NetPlan {
  label: string;
  net: NetName;
  imageSize: number;
  batch: number;
  /** Largest train step over PyTorch's, one thread each. */
  atMostTorch: number;
}

const nets: NetPlan[] = [
  { label: 'demo net', net: 'small-cnn', imageSize: 64, batch: 32, atMostTorch: 1.2 },
  { label: 'VGG-11 GAP', net: 'vgg11', imageSize: 128, batch: 16, atMostTorch: 3.5 },
  { label: 'ResNet-18', net: 'resnet18', imageSize: 128, batch: 16, atMostTorch: 5 },
];

/** Training on WASM: against the net's own forward pass, PyTorch, and tfjs as it comes. */
export function trainCases(quick: boolean): BenchCase[] {
  return [...nets.map((plan) => trainCase(plan, quick)), stockCase(nets[0]!, quick), stockCase(nets[2]!, quick)];
}

function trainCase(plan: NetPlan, quick: boolean): BenchCase {
  const { label, atMostTorch } = plan;
  const step = workOf('train-step', plan, quick);
  const forward = workOf('forward', plan, quick);
  return {
    name: `train ${label}`,
    variants: {
      step: { runner: 'lab-wasm', work: step },
      forward: { runner: 'lab-wasm', work: forward },
      torchStep: { runner: 'torch', work: step },
      torchForward: { runner: 'torch', work: forward },
    },
    rows: [
      {
        name: `${label}, train step / own forward, WASM`,
        over: 'step',
        under: 'forward',
        bar: { atMost: 3.5 },
      },
      {
        name: `${label}, train step / PyTorch's, WASM`,
        over: 'step',
        under: 'torchStep',
        bar: { atMost: atMostTorch },
      },
      { name: `${label}, forward / PyTorch's, WASM`, over: 'forward', under: 'torchForward', bar: null },
    ],
  };
}

function stockCase(plan: NetPlan, quick: boolean): BenchCase {
  // A stock step of ResNet-18 takes minutes at full size.
  const work = workOf('train-step', plan, quick || plan.net !== 'small-cnn');
  const size = `b ${work.batch}, ${work.imageSize}×${work.imageSize}`;
  return {
    name: `train ${plan.label} against stock`,
    variants: { lab: { runner: 'lab-wasm', work }, stock: { runner: 'stock-wasm', work } },
    rows: [
      {
        name: `${plan.label}, train step of stock tfjs with a naive filter gradient / ours, WASM (${size})`,
        over: 'stock',
        under: 'lab',
        bar: { atLeast: 4 },
      },
    ],
  };
}

function workOf(kind: 'train-step' | 'forward', { net, imageSize, batch }: NetPlan, small: boolean) {
  const work = small ? { kind, net, imageSize: 64, batch: 4 } : { kind, net, imageSize, batch };
  return work satisfies Work;
}
