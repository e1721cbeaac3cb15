import type { Padding } from '../architectures/architecturePlan';

/** What shapes do not say of a sequence of convolutions, as it is asked for. */
export interface Reading {
  /** `1`, or one stride per convolution: `2,2,1`. */
  strides: string;
  /** `half`: half of each kernel, which keeps the size; or pixels: `0`, or one number per convolution. */
  padding: string;
  /** Kind, size, stride and padding: `max-2`, `max-3-2-1`. */
  pool: string;
  /** Convolutions that are followed by a pooling, counted from 1: `1,2,4`; or `none`. */
  pools: string;
  reduction: Reduction;
}
export type Reduction = 'average' | 'max' | 'flatten' | 'adaptive-average';
export type ReadingKey = keyof Reading;
/** Usual answers, the likeliest first. */
export type ReadingOptions = { [K in ReadingKey]: readonly Reading[K][] };

/** What a reading has to fit. */
export interface SequenceSizes {
  imageSize: number;
  kernels: readonly number[];
  /** Pixels per channel that the first dense layer reads; 1 when it reads one number per channel. */
  cells: number;
}

export interface Pool {
  kind: 'max-pooling' | 'average-pooling';
  size: number;
  stride: number;
  padding: number;
}

/**
 * The readings that fit, the likeliest first: those that take the earlier options of every question. Poolings and strides
 * together are less likely than one of them.
 */
export function fittingReadings(options: ReadingOptions, sizes: SequenceSizes): Reading[] {
  const all: { reading: Reading; rank: number }[] = [];
  for (const [a, reduction] of options.reduction.entries()) {
    for (const [b, padding] of options.padding.entries()) {
      for (const [c, strides] of options.strides.entries()) {
        for (const [d, pools] of options.pools.entries()) {
          for (const [e, pool] of options.pool.entries()) {
            const reading = { strides, padding, pool, pools, reduction };
            if (!fits(reading, sizes)) continue;
            const isBoth = strides !== '1' && pools !== 'none';
            all.push({ reading, rank: 100 * a + 12 * b + 5 * c + d + 3 * e + (isBoth ? 20 : 0) });
          }
        }
      }
    }
  }
  return all.toSorted((x, y) => x.rank - y.rank).map(({ reading }) => reading);
}

/** The side of the last maps; null when a layer does not fit the maps before it. */
export function lastSide(reading: Reading, { imageSize, kernels }: SequenceSizes): number | null {
  const strides = perConvolution(reading.strides, kernels.length);
  const paddings = paddingsOf(reading.padding, kernels);
  const pool = parsePool(reading.pool);
  const pooled = parsePools(reading.pools, kernels.length);
  if (!strides || !paddings || !pool || !pooled) return null;
  let side = imageSize;
  for (const [i, kernel] of kernels.entries()) {
    side = Math.floor((side + 2 * paddings[i]! - kernel) / strides[i]!) + 1;
    if (pooled.includes(i + 1)) side = Math.floor((side + 2 * pool.padding - pool.size) / pool.stride) + 1;
    if (!(side >= 1)) return null;
  }
  return side;
}

function fits(reading: Reading, sizes: SequenceSizes): boolean {
  const side = lastSide(reading, sizes);
  if (side === null) return false;
  const isWhole = side * side === sizes.cells;
  switch (reading.reduction) {
    case 'flatten':
      return isWhole;
    case 'adaptive-average':
      return sizes.cells > 1 && !isWhole;
    default:
      return sizes.cells === 1;
  }
}

/** A number for every convolution, of one for all or a list; null for other texts. */
export function perConvolution(text: string, count: number): number[] | null {
  const parts = text.split(',').map((part) => part.trim());
  const all = parts.length === 1 ? Array.from({ length: count }, () => parts[0]!) : parts;
  return all.length === count && all.every((part) => /^\d{1,2}$/.test(part)) ? all.map(Number) : null;
}

export function paddingsOf(text: string, kernels: readonly number[]): Extract<Padding, number>[] | null {
  return text === 'half' ? kernels.map((kernel) => Math.floor(kernel / 2)) : perConvolution(text, kernels.length);
}

/** The size is the stride when only one number is given. */
export function parsePool(text: string): Pool | null {
  const found = /^(max|average)-(\d{1,2})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text);
  if (!found) return null;
  const [, kind, size, stride = size, padding = '0'] = found;
  const pool = { size: Number(size), stride: Number(stride), padding: Number(padding) };
  if (pool.size < 1 || pool.stride < 1 || 2 * pool.padding > pool.size) return null;
  return { kind: kind === 'max' ? 'max-pooling' : 'average-pooling', ...pool };
}

export function parsePools(text: string, count: number): number[] | null {
  if (text === 'none') return [];
  const numbers = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : 0));
  const areInOrder = numbers.every((number, i) => number > (numbers[i - 1] ?? 0) && number <= count);
  return areInOrder ? numbers : null;
}
