import type { BenchCase, Work } from './benchCase';

type Maps = [number, number, number, number];

/** The score: against the published loop, as a share of the forward pass that makes the maps, and how it grows. */
export function snnlCases(quick: boolean): BenchCase[] {
  const full: Maps = quick ? [32, 4, 4, 32] : [128, 8, 8, 512];
  return [
    {
      name: 'snnl against PyTorch',
      variants: {
        lab: { runner: 'lab-wasm', work: snnl('fused', full) },
        torch: { runner: 'torch', work: snnl('published', full) },
      },
      rows: [
        {
          name: `SNNL, published loop in PyTorch / ours, WASM (${words(full)})`,
          over: 'torch',
          under: 'lab',
          bar: { atLeast: 1.5 },
        },
      ],
    },
    fusedCase('WASM', 'lab-wasm', full, 5),
    fusedCase('WebGPU', 'lab-webgpu', quick ? [16, 4, 4, 8] : [32, 8, 8, 64], 10),
    shareCase(quick),
    growthCase(quick),
  ];
}

function fusedCase(label: string, runner: 'lab-wasm' | 'lab-webgpu', maps: Maps, atLeast: number): BenchCase {
  return {
    name: `snnl against the loop, ${label}`,
    variants: {
      lab: { runner, work: snnl('fused', maps) },
      loop: { runner, work: snnl('published', maps) },
    },
    rows: [
      {
        name: `SNNL, published loop in tfjs / ours, ${label} (${words(maps)})`,
        over: 'loop',
        under: 'lab',
        bar: { atLeast },
      },
    ],
  };
}

function shareCase(quick: boolean): BenchCase {
  const batch = quick ? 16 : 128;
  // The forward pass of a whole batch is as many small ones, so that a round stays short.
  const forwardBatch = quick ? 4 : 16;
  return {
    name: 'snnl share of scoring',
    variants: {
      score: {
        runner: 'lab-wasm',
        work: { ...snnl('fused', [batch, 8, 8, 512]), preset: 'paper' },
      },
      forward: {
        runner: 'lab-wasm',
        work: { kind: 'forward', net: 'vgg11', imageSize: 128, batch: forwardBatch },
      },
    },
    rows: [
      {
        name: `SNNL / forward of VGG-11 GAP at 128×128, WASM (b ${batch}, 512 channels)`,
        over: 'score',
        under: 'forward',
        scale: forwardBatch / batch,
        bar: { atMost: 0.05 },
      },
    ],
  };
}

/** How the time grows with the images in a batch, the channels, and the batches. */
function growthCase(quick: boolean): BenchCase {
  const [b, c]: [number, number] = quick ? [16, 16] : [64, 128];
  const variants = {
    one: snnl('fused', [b, 8, 8, c]),
    batch: snnl('fused', [4 * b, 8, 8, c]),
    channels: snnl('fused', [b, 8, 8, 4 * c]),
    images: { ...snnl('fused', [b, 8, 8, c]), batches: 4 },
  };
  return {
    name: 'snnl growth',
    variants: Object.fromEntries(
      Object.entries(variants).map(([name, work]) => [name, { runner: 'lab-wasm' as const, work }]),
    ),
    rows: [
      { name: `SNNL, b ${4 * b} / b ${b}, WASM`, over: 'batch', under: 'one', bar: null },
      { name: `SNNL, ${4 * c} channels / ${c}, WASM`, over: 'channels', under: 'one', bar: null },
      { name: 'SNNL, 4 batches / 1, WASM', over: 'images', under: 'one', bar: null },
    ],
  };
}

function snnl(method: 'fused' | 'published', maps: Maps) {
  return { kind: 'snnl', method, preset: 'authors-code', maps, batches: 1 } satisfies Work;
}

function words([batch, height, width, channels]: Maps): string {
  return `${channels} channels, b ${batch}, ${height}×${width}`;
}
