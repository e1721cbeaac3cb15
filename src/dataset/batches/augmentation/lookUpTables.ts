import { blend } from './blend';

const values = 256;
const channels = 3;

/**
 * The operations that change a value whatever its neighbours are, as tables: [3 · 256], the new value of value v of
 * channel c at 256 c + v. The arithmetic, its truncations included, is that of Pillow's `ImageOps` and `ImageEnhance`.
 */
export type LookUpTable = Uint8ClampedArray;

/** 255 - v. */
export function invertTable(): LookUpTable {
  return sameForChannels((value) => 255 - value);
}

/** 255 - v from the threshold on. */
export function solarizeTable(threshold: number): LookUpTable {
  return sameForChannels((value) => (value < threshold ? value : 255 - value));
}

/** Keeps the upper bits. @param bits 1 … 8 */
export function posterizeTable(bits: number): LookUpTable {
  const dropped = 8 - bits;
  return sameForChannels((value) => (value >> dropped) << dropped);
}

/** Factor 0 is black, 1 the image. */
export function brightnessTable(factor: number): LookUpTable {
  const rounded = Math.fround(factor);
  return sameForChannels((value) => blend(0, value, rounded));
}

/** Factor 0 is the image's mean grey, 1 the image. @param meanGrey see `meanGrey` */
export function contrastTable(factor: number, meanGrey: number): LookUpTable {
  const rounded = Math.fround(factor);
  return sameForChannels((value) => blend(meanGrey, value, rounded));
}

/** Stretches each channel from its smallest and largest value to 0 … 255. A channel of one value stays. */
export function autoContrastTable(image: Uint8ClampedArray): LookUpTable {
  return perChannel(image, (histogram) => {
    let low = 0;
    let high = values - 1;
    while (low < values && histogram[low] === 0) low++;
    while (high > low && histogram[high] === 0) high--;
    if (high <= low) return (value) => value;
    const scale = 255 / (high - low);
    const offset = -low * scale;
    return (value) => Math.trunc(value * scale + offset);
  });
}

/** Makes each channel's values about equally frequent. A channel of one value stays. */
export function equalizeTable(image: Uint8ClampedArray): LookUpTable {
  return perChannel(image, (histogram) => {
    let largest = values - 1;
    while (largest > 0 && histogram[largest] === 0) largest--;
    const step = Math.floor((image.length / channels - histogram[largest]!) / 255);
    if (step === 0) return (value) => value;
    let below = Math.floor(step / 2);
    return (value) => {
      const level = Math.floor(below / step);
      below += histogram[value]!;
      return level;
    };
  });
}

/** Replaces every value, in place. @param image uint8 [size, size, 3] */
export function lookUp(image: Uint8ClampedArray, table: LookUpTable): void {
  for (let i = 0; i < image.length; i += channels) {
    image[i] = table[image[i]!]!;
    image[i + 1] = table[values + image[i + 1]!]!;
    image[i + 2] = table[2 * values + image[i + 2]!]!;
  }
}

function sameForChannels(valueOf: (value: number) => number): LookUpTable {
  const table = new Uint8ClampedArray(channels * values);
  for (let value = 0; value < values; value++) table[value] = valueOf(value);
  table.copyWithin(values, 0, values);
  table.copyWithin(2 * values, 0, values);
  return table;
}

/** @param tableOf from a channel's histogram to the function that is asked for its values 0, 1, …, 255, in this order */
function perChannel(
  image: Uint8ClampedArray,
  tableOf: (histogram: Int32Array) => (value: number) => number,
): LookUpTable {
  const histograms = new Int32Array(channels * values);
  for (let i = 0; i < image.length; i += channels) {
    histograms[image[i]!]!++;
    histograms[values + image[i + 1]!]!++;
    histograms[2 * values + image[i + 2]!]!++;
  }
  const table = new Uint8ClampedArray(channels * values);
  for (let start = 0; start < table.length; start += values) {
    const valueOf = tableOf(histograms.subarray(start, start + values));
    for (let value = 0; value < values; value++) table[start + value] = valueOf(value);
  }
  return table;
}
