import * as z from 'zod/mini';
import { fromBase64, toBase64 } from '../../foundation/base64';
import { sizeOf } from '../network/layerWeights';
import { bytesFor, countZeros, type WeightMask } from './weightMask';

const textSchema = z.object({
  layer: z.string(),
  weight: z.string(),
  shape: z.array(z.int().check(z.gte(0))),
  /** How many elements are held at zero. */
  heldAtZero: z.int().check(z.gte(0)),
  /** `WeightMask.zeros` as base64. */
  zeros: z.string(),
});

/** A mask as it stands in JSON. */
export type WeightMaskText = z.infer<typeof textSchema>;

export function writeWeightMask(mask: WeightMask): WeightMaskText {
  const { layer, weight, shape, zeros } = mask;
  return { layer, weight, shape, heldAtZero: countZeros(mask), zeros: toBase64(zeros) };
}

/** Reads what {@link writeWeightMask} wrote: bits that do not fit the shape, or are not as many as told, are an issue. */
export const weightMaskSchema = z.pipe(
  textSchema,
  z.transform(({ layer, weight, shape, heldAtZero, zeros }, { issues }): WeightMask => {
    const mask = { layer, weight, shape, zeros: fromBase64(zeros) ?? new Uint8Array() };
    const problem = problemOf(mask, heldAtZero);
    if (problem) issues.push({ code: 'custom', message: problem, input: zeros });
    return mask;
  }),
);

function problemOf(mask: WeightMask, told: number): string | null {
  const { layer, weight, shape, zeros } = mask;
  const size = sizeOf(shape);
  const behind = size % 8 === 0 ? 0 : zeros[zeros.length - 1]! >> (size % 8);
  if (zeros.length !== bytesFor(shape) || behind !== 0) {
    return `the mask of "${layer}/${weight}" is not one bit for each of its ${size} elements`;
  }
  const found = countZeros(mask);
  return found === told
    ? null
    : `the mask of "${layer}/${weight}" holds ${found} elements at zero, not ${told} as told`;
}
