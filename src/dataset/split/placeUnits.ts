import type { Random } from '../../foundation/random';
import { fillCell, missBy } from './fillCell';
import type { Unit } from './formUnits';

/** Above this many clusters neither pairs nor other orders are tried: so many even each other out. */
const maxPaired = 40;
const maxPasses = 8;
const maxTries = 20;

/** One cell of class × group while it is being filled, by part. */
interface Cell {
  shares: number[];
  placed: number[];
}

/** What has been placed so far. */
interface Placing {
  units: readonly Unit[];
  /** Parts that are to have anything. */
  parts: readonly number[];
  cells: Map<number, Cell>;
  /** Part of each unit; -1 while it has none. */
  places: number[];
}

/**
 * Gives each unit a part. Units of several samples come first, the largest first, each to the part that its cells lack
 * most in; then they are moved, and swapped in pairs, while that brings cells closer to being less than one sample off.
 * Where a few clusters do not come to that, other orders are tried, and the best is kept. Single samples fill the rest.
 *
 * @param ratios of the parts; one whose ratio is 0 gets nothing
 * @returns one part per unit
 */
export function placeUnits(units: readonly Unit[], ratios: readonly number[], random: Random): number[] {
  const order = random.shuffled(units.keys()).sort((a, b) => units[b]!.samples.length - units[a]!.samples.length);
  const clusters = order.filter((unit) => units[unit]!.samples.length > 1);
  let best = placeClusters(units, ratios, clusters);
  const tries = clusters.length <= maxPaired ? maxTries : 0;
  for (let count = 0; count < tries && cost(best, clusters) > 0; count++) {
    const next = placeClusters(units, ratios, random.shuffled(clusters));
    if (cost(next, clusters) < cost(best, clusters)) best = next;
  }
  placeSingles(best, order.slice(clusters.length));
  return best.places;
}

function placeClusters(units: readonly Unit[], ratios: readonly number[], order: readonly number[]): Placing {
  const parts = ratios.flatMap((ratio, part) => (ratio > 0 ? [part] : []));
  const placing: Placing = { units, parts, cells: openCells(units, ratios), places: units.map(() => -1) };
  for (const unit of order) put(placing, unit, emptiest(placing, units[unit]!));
  improve(placing, order);
  return placing;
}

function openCells(units: readonly Unit[], ratios: readonly number[]): Map<number, Cell> {
  const sizes = new Map<number, number>();
  for (const { cells } of units) for (const [cell, count] of cells) sizes.set(cell, (sizes.get(cell) ?? 0) + count);
  const ratioSum = ratios.reduce((total, ratio) => total + ratio, 0);
  const open = (size: number): Cell => ({
    shares: ratios.map((ratio) => (size * ratio) / ratioSum),
    placed: ratios.map(() => 0),
  });
  return new Map([...sizes].sort(([a], [b]) => a - b).map(([cell, size]) => [cell, open(size)]));
}

function put({ units, cells, places }: Placing, unit: number, part: number) {
  for (const [cell, count] of units[unit]!.cells) cells.get(cell)!.placed[part]! += count;
  places[unit] = part;
}

function take({ units, cells, places }: Placing, unit: number) {
  for (const [cell, count] of units[unit]!.cells) cells.get(cell)!.placed[places[unit]!]! -= count;
}

/** The part that a unit's cells lack most in; the first of several. */
function emptiest({ parts, cells }: Placing, unit: Unit): number {
  let best = parts[0]!;
  let most = -Infinity;
  for (const part of parts) {
    let lack = 0;
    for (const [cell, count] of unit.cells)
      lack += count * (cells.get(cell)!.shares[part]! - cells.get(cell)!.placed[part]!);
    if (lack > most) [best, most] = [part, lack];
  }
  return best;
}

function improve(placing: Placing, clusters: readonly number[]) {
  for (let pass = 0; pass < maxPasses; pass++) {
    let better = false;
    for (const [at, unit] of clusters.entries()) {
      if (cost(placing, [unit]) === 0) continue;
      better = tryMoves(placing, unit) || better;
      if (clusters.length > maxPaired) continue;
      for (const other of clusters.slice(at + 1)) better = trySwap(placing, unit, other) || better;
    }
    if (!better) return;
  }
}

function tryMoves(placing: Placing, unit: number): boolean {
  const from = placing.places[unit]!;
  const before = cost(placing, [unit]);
  for (const part of placing.parts) {
    if (part === from) continue;
    move(placing, [[unit, part]]);
    if (cost(placing, [unit]) < before) return true;
    move(placing, [[unit, from]]);
  }
  return false;
}

function trySwap(placing: Placing, a: number, b: number): boolean {
  const [from, to] = [placing.places[a]!, placing.places[b]!];
  if (from === to) return false;
  const before = cost(placing, [a, b]);
  move(placing, [
    [a, to],
    [b, from],
  ]);
  if (cost(placing, [a, b]) < before) return true;
  move(placing, [
    [a, from],
    [b, to],
  ]);
  return false;
}

function move(placing: Placing, moves: readonly (readonly [unit: number, part: number])[]) {
  for (const [unit] of moves) take(placing, unit);
  for (const [unit, part] of moves) put(placing, unit, part);
}

/** How far the cells of these units are from their shares, if single samples fill the rest. */
function cost({ units, cells }: Placing, touched: readonly number[]): number {
  let sum = 0;
  for (const cell of new Set(touched.flatMap((unit) => [...units[unit]!.cells.keys()]))) {
    const { placed, shares } = cells.get(cell)!;
    sum += missBy(
      fillCell(
        placed,
        shares,
        shares.map(() => 0),
      ),
      shares,
    );
  }
  return sum;
}

/** Cell by cell; what rounding takes from a part in one cell counts for it in the next. */
function placeSingles(placing: Placing, singles: readonly number[]) {
  const wanted = new Map<number, number[]>();
  let owed: number[] | null = null;
  for (const [number, { placed, shares }] of placing.cells) {
    owed ??= shares.map(() => 0);
    const counts = fillCell(placed, shares, owed);
    for (const [part, share] of shares.entries()) owed[part]! += share - counts[part]!;
    wanted.set(
      number,
      counts.flatMap((count, part) => Array.from({ length: count - placed[part]! }, () => part)),
    );
  }
  for (const unit of singles) {
    for (const cell of placing.units[unit]!.cells.keys()) put(placing, unit, wanted.get(cell)!.pop()!);
  }
}
