/** Comparisons of neighbours in each of the two directions. */
const side = 8;
/** By how much a cell must be darker, of 255: less is what compression does to an even area. */
const noiseLevels = 1;
const hashBytes = (2 * side * side) / 8;
/** The comparisons, then the mean red, green and blue. */
export const perceptualHashBytes = hashBytes + 3;

/**
 * What an image looks like, in 19 bytes: whether each cell of a coarse grey grid is clearly darker than its right
 * neighbour (64 bits) and than the one below (64 bits), then the mean of each colour. The first part is the difference hash ("dHash",
 * N. Krawetz, 2013) in both directions; it stays nearly the same when an image is compressed again, resized or made
 * lighter, and says nothing of images without structure, which is what the mean colours are for.
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
  hash.set(meanColour(pixels), hashBytes);
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
