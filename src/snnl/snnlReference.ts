import type { SnnlOptions } from './snnlOptions';

/** Rows are divided by their norm, or by this when the norm is smaller (authors' code). */
const smallestNorm = 1e-12;
/** Added to the numerator under `epsilon` (authors' code). */
const epsilon = 1e-9;

/** Maps of one layer for one batch, with the group of each image. */
export interface ReferenceBatch {
  /** Row-major [batch, height, width, channels]. */
  maps: ArrayLike<number>;
  batch: number;
  height: number;
  width: number;
  channels: number;
  /** Group of each image: any integers, equal = same group. */
  groups: ArrayLike<number>;
}

export interface ReferenceScores {
  /** l_k, one per channel; NaN where no anchor has a same-group partner. */
  losses: Float64Array;
  /** Temperature used, one per channel. */
  temperatures: Float64Array;
  /** Anchors that have a same-group partner; all of them when the self pair counts. */
  validAnchors: number;
  /** Loss of each anchor, [channels][batch]; NaN for an anchor that is left out. */
  anchorLosses: Float64Array[];
}

/**
 * SNNL of one batch as the formula reads, in float64: the measure for every faster implementation.
 *
 *     l_k = -(1/v) Σ_i log( Σ_{j≠i, c_j=c_i} exp(-d(m_i,m_j)/T) / Σ_{p≠i} exp(-d(m_i,m_p)/T) )
 *
 * k channel, m_i its map for image i, flattened; c_i group of image i; T temperature; v the anchors i that have a
 * partner j. With `selfInNumerator` j = i counts in the numerator too, and every anchor counts.
 *
 * Low: the nearest maps are of the anchor's own group, so the channel tells the groups apart. 0 is the least value
 * (without the self pair). Maps that know nothing of the group give about log((b-1)/(n-1)), n = images of a group.
 *
 * Where the formula is undefined: `auto` over maps that are all alike (or over one image) gives T = 1, which then
 * changes nothing, since every distance is 0. One image with the self pair gives -Infinity, as the authors' code does.
 * A map of zeros has cosine distance 1 to every map, itself included.
 *
 * Source: Eq. 1 of arXiv 2405.08681; authors' code at commit 04a6104. Stated difference: anchors without a partner,
 * whose loss would be infinite, are left out of the mean.
 */
export function snnlReference(input: ReferenceBatch, options: SnnlOptions): ReferenceScores {
  const temperatures = new Float64Array(input.channels);
  const losses = new Float64Array(input.channels);
  const anchorLosses: Float64Array[] = [];
  let validAnchors = 0;
  for (let channel = 0; channel < input.channels; channel++) {
    const distances = pairDistances(mapsOf(input, channel), options.distance);
    const temperature = options.temperature === 'auto' ? meanPair(distances) || 1 : options.temperature;
    const anchors = distances.map((row, i) => anchorLoss(row, i, input.groups, temperature, options));
    const valid = anchors.filter((loss) => !Number.isNaN(loss));
    temperatures[channel] = temperature;
    losses[channel] = valid.reduce((sum, loss) => sum + loss, 0) / valid.length;
    anchorLosses.push(Float64Array.from(anchors));
    validAnchors = valid.length;
  }
  return { losses, temperatures, validAnchors, anchorLosses };
}

/** One channel's map of each image, flattened. */
function mapsOf({ maps, batch, height, width, channels }: ReferenceBatch, channel: number): number[][] {
  const pixels = height * width;
  return Array.from({ length: batch }, (_, image) =>
    Array.from({ length: pixels }, (_, pixel) => maps[(image * pixels + pixel) * channels + channel]!),
  );
}

function pairDistances(rows: number[][], distance: SnnlOptions['distance']): number[][] {
  if (distance === 'squared-euclidean') return rows.map((a) => rows.map((b) => squaredDistance(a, b)));
  const units = rows.map(toUnit);
  return units.map((a) => units.map((b) => 1 - dot(a, b)));
}

function squaredDistance(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function toUnit(row: number[]): number[] {
  const norm = Math.max(Math.sqrt(dot(row, row)), smallestNorm);
  return row.map((value) => value / norm);
}

/** Mean over the ordered pairs i ≠ j; 0 when there is none. */
function meanPair(distances: number[][]): number {
  const b = distances.length;
  const sum = distances.reduce(
    (total, row, i) => total + row.reduce((rest, d, j) => (i === j ? rest : rest + d), 0),
    0,
  );
  return b < 2 ? 0 : sum / (b * (b - 1));
}

/** Loss of anchor i; NaN when it has no same-group partner and the self pair does not count. */
function anchorLoss(
  distances: number[],
  i: number,
  groups: ArrayLike<number>,
  temperature: number,
  { selfInNumerator, logarithm }: SnnlOptions,
): number {
  const numerator: number[] = selfInNumerator ? [-distances[i]! / temperature] : [];
  const denominator: number[] = [];
  for (let j = 0; j < distances.length; j++) {
    if (j === i) continue;
    const logit = -distances[j]! / temperature;
    denominator.push(logit);
    if (groups[j] === groups[i]) numerator.push(logit);
  }
  if (numerator.length === 0) return Number.NaN;
  const logNumerator = logSumExp(numerator);
  return logSumExp(denominator) - (logarithm === 'epsilon' ? Math.log(Math.exp(logNumerator) + epsilon) : logNumerator);
}

function logSumExp(logits: number[]): number {
  if (logits.length === 0) return Number.NEGATIVE_INFINITY;
  const top = Math.max(...logits);
  return top + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
}
