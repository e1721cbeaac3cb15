import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { buildVectorNet, prunedLayers, type VectorNet, type VectorNetId } from '../engine/verify/buildVectorNet';
import type { LabModel } from '../model/labModel';
import { predictBatch } from '../model/runModel';
import golden from './golden/surgery.json';

interface GoldenCase {
  id: string;
  weights: Record<string, { shape: number[]; data: number[] } | undefined>;
  expected: Record<string, number[][] | undefined>;
  input: number[];
  bnEpsilon?: number;
  x: number[];
  prune: number[];
}
const cases: GoldenCase[] = golden.cases;

/** One of the nets of the golden vectors: its model, its input, what to prune from which layer, the logits expected. */
export function goldenSurgery(id: VectorNetId) {
  const found = cases.find((candidate) => candidate.id === id)!;
  const { prune, expected, input, x } = found;
  const [count = 0, height = 0, width = 0, colours = 0] = input;
  return {
    model: buildVectorNet(id, found as VectorNet),
    images: tensor4d(x, [count, height, width, colours]),
    layer: prunedLayers[id],
    prune,
    expected,
  };
}

/** Logits of a model in inference mode, row by row. Where it needs groups, one image after the other is of the next. */
export function logitsOf(model: LabModel, images: ReturnType<typeof tensor4d>): number[][] {
  const count = model.groupInput?.names.length;
  const groups = count ? Array.from({ length: images.shape[0] }, (_, index) => index % count) : null;
  return tidy(() => predictBatch(model, { images, groups }).arraySync());
}

/** Largest absolute difference of two tables of numbers. */
export function largestDifference(a: number[][], b: number[][]): number {
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))));
}
