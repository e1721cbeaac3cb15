import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend as currentBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import { heapFloats } from './kernelScope';
import { addressOf, simdKernels } from './simd/simdKernels';
import { distanceColumns, distanceRows } from './simd/snnlKernels';
import { openWorkSpace, type WorkSpace } from './workSpace';

/** Channels that are worked on together: the lanes of a vector. */
const lanes = 4;
/** Vectors of channels that are copied together: a cache line of 64 bytes, as far as the copies fit into a cache. */
const groupsPerCopy = 4;
const mostCopiedBytes = 4 * 2 ** 20;
/** Rows are divided by their norm, or by this when the norm is smaller (authors' code). */
const smallestNorm = 1e-12;
/** Distance of an image to itself where it must not count: nothing is left of exp(-d). */
const farAway = 3e38;

export interface NeighbourOptions {
  distance: 'squared-euclidean' | 'cosine';
  /** T; `auto`: the mean distance over the pairs of different images, or 1 where all maps are alike. */
  temperature: number | 'auto';
}

/** log Σ exp(-d/T) from each image to some others, in one channel; -Infinity where there is nobody to compare with. */
export interface NeighbourSums {
  channel: number;
  temperature: number;
  /** To the rest of the image's group, in the order of `order`. */
  same: Float64Array;
  /** To the images of all other groups. */
  other: Float64Array;
  /** To itself: -d_ii / T, which is 0 but for the cosine distance of a map of zeros. */
  self: Float64Array;
}

type Stretch = 'source' | 'points' | 'distances' | 'gain' | 'zeros' | 'sums' | 'lows' | 'scale';

/**
 * Compares the maps of all images of a batch, channel by channel, on the WASM backend. Four channels at a time go through
 * one copy of their maps, one matrix of distances and one pass of exponentials, all in cache.
 *
 * @param maps float32 [b, h, w, C] on the WASM backend, b ≥ 2
 * @param order positions of the images in the batch, images of one group side by side
 * @param blocks where each group begins in `order`, and how many images it has
 * @param visit called for every channel once, in ascending order; the arrays are reused
 * @throws LabError `internal` when another backend is in use
 */
export function compareNeighbours(
  maps: Tensor4D,
  order: Int32Array,
  blocks: readonly { start: number; size: number }[],
  options: NeighbourOptions,
  visit: (sums: NeighbourSums) => void,
): void {
  const backend = wasmInUse();
  const [batch, height, width, channels] = maps.shape;
  const size = { batch, pixels: height * width, channels, rows: Math.ceil(batch / distanceRows) * distanceRows };
  // One more group of points than needed keeps rows of pixels from falling on the same cache lines.
  const pointVectors = size.rows + distanceRows;
  const isNarrow = channels < lanes;
  const copyBytes = size.pixels * pointVectors * lanes * 4;
  const copies = Math.max(
    1,
    Math.min(groupsPerCopy, Math.ceil(channels / lanes), Math.floor(mostCopiedBytes / copyBytes)),
  );
  const work = openWorkSpace<Stretch>(
    backend,
    {
      source: isNarrow ? batch * size.pixels * lanes : 0,
      points: copies * size.pixels * pointVectors * lanes,
      distances: size.rows * size.rows * lanes,
      gain: pointVectors * lanes,
      zeros: pointVectors * lanes,
      sums: pointVectors * lanes,
      lows: pointVectors * lanes,
      scale: lanes,
    },
    ['source', 'points', 'gain', 'zeros'],
  );
  try {
    if (isNarrow) widen(heapFloats(backend, maps), work.values.source, channels);
    const source = isNarrow ? work.address.source : addressOf(backend, maps);
    const stride = Math.max(channels, lanes);
    const job: Job = { backend, work, order, blocks, options, pointVectors, ...size };
    // The last vector of channels overlaps the one before it where four do not divide them.
    const firstOf = (next: number) => Math.max(0, Math.min(next, channels - lanes));
    for (let next = 0; next < channels; next += lanes) {
      const copy = (next / lanes) % copies;
      if (copy === 0) {
        const firsts = Array.from({ length: copies }, (_, ahead) => firstOf(next + ahead * lanes));
        takePoints(
          job,
          firsts.map((first) => source + first * 4),
          stride,
        );
      }
      const first = firstOf(next);
      const address = { ...work.address, points: work.address.points + copy * copyBytes };
      const ofGroup: Job = { ...job, work: { ...work, address } };
      const offsets = options.distance === 'cosine' ? toUnitRows(ofGroup) : null;
      measureDistances(ofGroup, offsets);
      const group = sumNeighbours(ofGroup, offsets);
      for (let channel = next; channel < Math.min(next + lanes, channels); channel++) {
        visit({ channel, ...group(channel - first) });
      }
    }
  } finally {
    work.dispose();
  }
}

interface Job {
  backend: BackendWasm;
  work: WorkSpace<Stretch>;
  order: Int32Array;
  blocks: readonly { start: number; size: number }[];
  options: NeighbourOptions;
  batch: number;
  pixels: number;
  /** Images, filled up to whole tiles. */
  rows: number;
  pointVectors: number;
}

/** Maps of fewer than four channels, filled up with zeros. */
function widen(maps: Float32Array, target: Float32Array, channels: number): void {
  for (let i = 0; i < maps.length; i++) target[Math.floor(i / channels) * lanes + (i % channels)] = maps[i]!;
}

/**
 * Copies four channels of all images from each of some addresses, in the order of the images: points side by side, pixel
 * after pixel. What lies side by side in the maps is copied together, so that a cache line is fetched once.
 */
function takePoints(
  { backend, work, order, pixels, pointVectors }: Job,
  sources: readonly number[],
  channels: number,
): void {
  const { gatherPoints } = simdKernels(backend);
  const [imageBytes, pixelBytes] = [pixels * channels * 4, pointVectors * lanes * 4];
  for (const [position, image] of order.entries()) {
    for (const [copy, source] of sources.entries()) {
      const target = work.address.points + copy * pixels * pixelBytes + position * lanes * 4;
      gatherPoints(source + image * imageBytes, target, pixels, channels * 4, pixelBytes);
    }
  }
}

/**
 * Divides each point by its norm.
 * @returns half of what its squared length then falls short of 1, per image and lane; null where none does
 */
function toUnitRows({ backend, work, batch, pixels, pointVectors }: Job): Float64Array | null {
  const { columnProducts, scaleRows } = simdKernels(backend);
  const { points, zeros, sums, gain } = work.address;
  columnProducts(points, zeros, points, zeros, sums, pixels, pointVectors, pointVectors * lanes * 4);
  const offsets = new Float64Array(batch * lanes);
  let isShort = false;
  for (let i = 0; i < offsets.length; i++) {
    const norm = Math.sqrt(work.values.sums[i]!);
    work.values.gain[i] = 1 / Math.max(norm, smallestNorm);
    if (norm >= smallestNorm) continue;
    offsets[i] = 0.5 * (1 - (norm / smallestNorm) ** 2);
    isShort = true;
  }
  scaleRows(points, gain, zeros, points, pixels, pointVectors);
  return isShort ? offsets : null;
}

/** All squared distances. For offsets o of unit rows 2·(o_i + o_j) is added, so that half of it is the cosine distance. */
function measureDistances(
  { backend, work, batch, rows, pixels, pointVectors }: Job,
  offsets: Float64Array | null,
): void {
  const { squaredDistances } = simdKernels(backend);
  const { points, distances } = work.address;
  for (let row = 0; row < rows; row += distanceRows) {
    squaredDistances(
      points + row * lanes * 4,
      points,
      distances + row * rows * lanes * 4,
      distances + row * lanes * 4,
      (row + distanceRows) / distanceColumns,
      pixels,
      pointVectors * lanes * 4,
      rows * lanes * 4,
    );
  }
  if (!offsets) return;
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < batch; j++) {
      for (let lane = 0; lane < lanes; lane++) {
        const more = 2 * (offsets[i * lanes + lane]! + offsets[j * lanes + lane]!);
        work.values.distances[(i * rows + j) * lanes + lane]! += more;
      }
    }
  }
}

/** The sums of exp, per lane, from the matrix of distances. */
function sumNeighbours(job: Job, offsets: Float64Array | null) {
  const { work, batch, rows, blocks, options } = job;
  const distanceScale = options.distance === 'cosine' ? 0.5 : 1;
  const temperatures =
    options.temperature === 'auto'
      ? meanDistances(job).map((mean) => (distanceScale * mean > 0 ? distanceScale * mean : 1))
      : new Float64Array(lanes).fill(options.temperature);
  const scales = temperatures.map((temperature) => distanceScale / temperature);
  work.values.scale.set(scales);
  for (let i = 0; i < batch; i++)
    work.values.distances.fill(farAway, (i * rows + i) * lanes, (i * rows + i + 1) * lanes);
  const same = new Float64Array(batch * lanes).fill(Number.NEGATIVE_INFINITY);
  const other = new Float64Array(batch * lanes).fill(Number.NEGATIVE_INFINITY);
  for (const { start, size } of blocks) {
    const end = start + size;
    if (size > 1) addLogSums(job, { start, size }, { from: start, to: end }, scales, same);
    if (start > 0) addLogSums(job, { start, size }, { from: 0, to: start }, scales, other);
    if (end < batch) addLogSums(job, { start, size }, { from: end, to: batch }, scales, other);
  }
  return (lane: number) => ({
    temperature: temperatures[lane]!,
    same: laneOf(same, lane),
    other: laneOf(other, lane),
    self: offsets
      ? laneOf(offsets, lane).map((offset) => (-2 * offset) / temperatures[lane]!)
      : new Float64Array(batch),
  });
}

/** Mean distance over the pairs of different images. The diagonal is 0 (or the images' own offsets, which are left out). */
function meanDistances({ backend, work, batch, rows }: Job): Float64Array {
  const { columnSums } = simdKernels(backend);
  const sums = new Float64Array(lanes);
  for (let i = 0; i < batch; i++) {
    columnSums(work.address.distances + i * rows * lanes * 4, work.address.sums, batch, 1, lanes * 4);
    for (let lane = 0; lane < lanes; lane++) {
      sums[lane]! += work.values.sums[lane]! - work.values.distances[(i * rows + i) * lanes + lane]!;
    }
  }
  return sums.map((sum) => sum / (batch * (batch - 1)));
}

/** Adds Σ exp(-d/T) over columns `from` to `to` to the sums of a block's images; both are logarithms. */
function addLogSums(
  { backend, work, rows }: Job,
  { start, size }: { start: number; size: number },
  { from, to }: { from: number; to: number },
  scales: Float64Array,
  logSums: Float64Array,
): void {
  const { lows, sums, scale, distances } = work.address;
  const rowBytes = rows * lanes * 4;
  simdKernels(backend).softMinimum(
    distances + start * rowBytes + from * lanes * 4,
    lows,
    sums,
    size,
    rowBytes,
    to - from,
    scale,
  );
  for (let i = 0; i < size * lanes; i++) {
    const low = work.values.lows[i]!;
    // Nobody within float32's reach, or a value that is no number: no sum stands for that.
    const term = low < farAway ? Math.log(work.values.sums[i]!) - low * scales[i % lanes]! : Number.NaN;
    const at = start * lanes + i;
    const sum = logSums[at]!;
    // With two groups there is nothing yet to add to, which spares two of the three functions.
    logSums[at] =
      sum === Number.NEGATIVE_INFINITY ? term : Math.max(sum, term) + Math.log1p(Math.exp(-Math.abs(sum - term)));
  }
}

function laneOf(values: Float64Array, lane: number): Float64Array {
  const ofLane = new Float64Array(values.length / lanes);
  for (let i = 0, at = lane; i < ofLane.length; i++, at += lanes) ofLane[i] = values[at]!;
  return ofLane;
}

function wasmInUse(): BackendWasm {
  const backend = currentBackend();
  if (backend instanceof BackendWasm) return backend;
  throw new LabError({
    code: 'internal',
    stage: 'scoring channels',
    message: 'Maps were to be compared on WASM while another backend is in use.',
    hint: 'Reload the page. If it happens again, report it with the run record.',
  });
}
