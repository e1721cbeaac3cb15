/** Comparisons of neighbours in each of the two directions. */
const side = 8;
/** By how much a cell must be darker, of 255: less is what compression does to an even area. */
const noiseLevels = 1;
/** Where the comparisons end and the grey means begin. */
export const greyAt = (2 * side * side) / 8;
/** Where the mean red, green and blue are. */
export const colourAt = greyAt + side * side;
export const perceptualHashBytes = colourAt + 3;

/**
 * What an image looks like, in 83 bytes: whether each cell of a coarse grey grid is clearly darker than its right
 * neighbour (64 bits) and than the one below (64 bits); the mean grey of 8 × 8 cells; the mean of each colour. The first
 * part is the difference hash ("dHash", N. Krawetz, 2013) in both directions, by which look-alikes are found quickly; the
 * means tell apart what is only of the same shape, such as one garment from another.
 *
 * @param pixels uint8 [size, size, 3]
 */
export function perceptualHash(pixels: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const grey = greyOf(pixels);
  const hash = new Uint8Array(perceptualHashBytes);
  let bit = 0;
  const note = (isDarker: boolean) => {
    if (isDarker) hash[bit >> 3]! |= 1 << (bit & 7);
    bit++;
  };
  const wide = averageCells(grey, size, side + 1, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) note(wide[y * (side + 1) + x]! + noiseLevels < wide[y * (side + 1) + x + 1]!);
  }
  const tall = averageCells(grey, size, side, side + 1);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) note(tall[y * side + x]! + noiseLevels < tall[(y + 1) * side + x]!);
  }
  hash.set(averageCells(grey, size, side, side).map(Math.round), greyAt);
  hash.set(meanColour(pixels), colourAt);
  return hash;
}

/** Luma by ITU-R BT.601. */
function greyOf(pixels: Uint8Array): Float32Array {
  const grey = new Float32Array(pixels.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
  }
  return grey;
}

/** Means over a grid of `columns` × `rows` cells of whole pixels, as equal in size as can be. */
function averageCells(grey: Float32Array, size: number, columns: number, rows: number): Float32Array {
  const means = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = cell(row, rows, size);
    for (let column = 0; column < columns; column++) {
      const [left, right] = cell(column, columns, size);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += grey[y * size + x]!;
      means[row * columns + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return means;
}

/** The pixels from … to of one cell; at least one, also when there are fewer pixels than cells. */
function cell(index: number, count: number, size: number): [number, number] {
  const from = Math.min(size - 1, Math.floor((index * size) / count));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * size) / count))];
}

function meanColour(pixels: Uint8Array): number[] {
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i += 3) {
    red += pixels[i]!;
    green += pixels[i + 1]!;
    blue += pixels[i + 2]!;
  }
  return [red, green, blue].map((sum) => Math.round(sum / (pixels.length / 3)));
}
