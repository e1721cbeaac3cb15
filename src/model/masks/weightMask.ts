import { sizeOf } from '../network/layerWeights';

/** Which single elements of one weight are zero and stay so while the model is trained. */
export interface WeightMask {
  layer: string;
  /** Name of the weight inside the layer: `kernel`, `bias`, … */
  weight: string;
  /** Shape of the weight. */
  shape: number[];
  /**
   * One bit per element, in the order of the weight's values, the lowest bit of a byte first: 1 where the element is held at
   * zero. Bits behind the last element are 0.
   */
  zeros: Uint8Array;
}

/** @param isZero whether the element at a position of the weight's values is to be held at zero */
export function makeWeightMask(
  { layer, weight, shape }: Omit<WeightMask, 'zeros'>,
  isZero: (position: number) => boolean,
): WeightMask {
  const size = sizeOf(shape);
  const zeros = new Uint8Array(bytesFor(shape));
  for (let position = 0; position < size; position++) {
    if (isZero(position)) zeros[position >> 3]! |= 1 << (position & 7);
  }
  return { layer, weight, shape, zeros };
}

export function isHeldAtZero({ zeros }: WeightMask, position: number): boolean {
  return ((zeros[position >> 3]! >> (position & 7)) & 1) === 1;
}

/** How many elements a mask holds at zero. */
export function countZeros({ zeros }: WeightMask): number {
  let count = 0;
  for (const byte of zeros) for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** Bytes of the bits of a mask. */
export function bytesFor(shape: readonly number[]): number {
  return Math.ceil(sizeOf(shape) / 8);
}
