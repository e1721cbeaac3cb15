import type { BenchCase, Work } from './benchCase';
import { type CaseSize, labOn } from './caseSize';

/** [b, h, w, C] */
type Maps = [number, number, number, number];

const mapsOf: Record<CaseSize, Maps> = {
  full: [128, 8, 8, 512],
  software: [32, 8, 8, 64],
  quick: [32, 4, 4, 32],
};

/** The score: against the published loop, as a share of the forward pass that makes the maps, and how it grows. */
export function snnlCases(backend: 'wasm' | 'webgpu', size: CaseSize): BenchCase[] {
  if (size === 'software') return [againstLoop(backend, size)];
  const torch = backend === 'wasm' ? [againstTorch(size)] : [];
  return [...torch, againstLoop(backend, size), shareOfScoring(backend, size), growth(backend, size)];
}

function againstTorch(size: CaseSize): BenchCase {
  const maps = mapsOf[size];
  return {
    name: 'snnl against PyTorch',
    variants: {
      lab: { runner: 'lab-wasm', work: snnl('fused', maps) },
      torch: { runner: 'torch', work: snnl('published', maps) },
    },
    rows: [
      {
        name: `SNNL, published loop in PyTorch / ours, WASM (${words(maps)})`,
        over: 'torch',
        under: 'lab',
        bar: { atLeast: 1.5 },
      },
    ],
  };
}

function againstLoop(backend: 'wasm' | 'webgpu', size: CaseSize): BenchCase {
  const { runner, label } = labOn[backend];
  const maps = mapsOf[size];
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
        bar: { atLeast: backend === 'wasm' ? 5 : 10 },
      },
    ],
  };
}

function shareOfScoring(backend: 'wasm' | 'webgpu', size: CaseSize): BenchCase {
  const { runner, label } = labOn[backend];
  const batch = size === 'full' ? 128 : 16;
  // The forward pass of a whole batch is taken as so many small ones, so that a round stays short.
  const forwardBatch = size === 'full' ? 16 : 4;
  const maps: Maps = [batch, 8, 8, 512];
  return {
    name: `snnl share of scoring, ${label}`,
    variants: {
      score: { runner, work: { ...snnl('fused', maps), preset: 'paper' } },
      forward: { runner, work: { kind: 'forward', net: 'vgg11', imageSize: 128, batch: forwardBatch } },
    },
    rows: [
      {
        name: `SNNL / forward of VGG-11 GAP at 128×128, ${label} (${words(maps)})`,
        over: 'score',
        under: 'forward',
        scale: forwardBatch / batch,
        bar: { atMost: 0.05 },
      },
    ],
  };
}

/** How the time grows with the images in a batch, the channels, and the batches. */
function growth(backend: 'wasm' | 'webgpu', size: CaseSize): BenchCase {
  const { runner, label } = labOn[backend];
  const [b, c]: [number, number] = size === 'full' ? [64, 128] : [16, 16];
  return {
    name: `snnl growth, ${label}`,
    variants: {
      one: { runner, work: snnl('fused', [b, 8, 8, c]) },
      batch: { runner, work: snnl('fused', [4 * b, 8, 8, c]) },
      channels: { runner, work: snnl('fused', [b, 8, 8, 4 * c]) },
      images: { runner, work: { ...snnl('fused', [b, 8, 8, c]), batches: 4 } },
    },
    rows: [
      { name: `SNNL, b ${4 * b} / b ${b}, ${label}`, over: 'batch', under: 'one', bar: null },
      { name: `SNNL, ${4 * c} channels / ${c}, ${label}`, over: 'channels', under: 'one', bar: null },
      { name: `SNNL, ${4 * b} images / ${b} (b ${b}), ${label}`, over: 'images', under: 'one', bar: null },
    ],
  };
}

function snnl(method: 'fused' | 'published', maps: Maps) {
  return { kind: 'snnl', method, preset: 'authors-code', maps, batches: 1 } satisfies Work;
}

function words([batch, height, width, channels]: Maps): string {
  return `${channels} channels, b ${batch}, ${height}×${width}`;
}
