/** One group's place among the images of a batch sorted by group. */
export interface GroupBlock {
  start: number;
  size: number;
}

/**
 * Sorts the images of a batch by group, so that same-group pairs fill square blocks on the diagonal of the pair matrix
 * and no mask of all pairs is needed.
 *
 * @param groups group of each image: any integers, equal = same group
 * @returns `order`: positions in the batch, sorted by group and then by position; `blocks`: the groups in that order
 */
export function groupBlocks(groups: ArrayLike<number>): { order: Int32Array; blocks: GroupBlock[] } {
  const order = Int32Array.from({ length: groups.length }, (_, i) => i).sort(
    (a, b) => groups[a]! - groups[b]! || a - b,
  );
  const blocks: GroupBlock[] = [];
  order.forEach((image, position) => {
    const isNew = position === 0 || groups[image] !== groups[order[position - 1]!];
    if (isNew) blocks.push({ start: position, size: 1 });
    else blocks.at(-1)!.size++;
  });
  return { order, blocks };
}

/** The groups whose images count as anchors: those with a partner in the batch, or all when the self pair counts. */
export function countingBlocks(
  blocks: readonly GroupBlock[],
  { selfInNumerator }: { selfInNumerator: boolean },
): GroupBlock[] {
  return blocks.filter(({ size }) => selfInNumerator || size > 1);
}

/** Images in some groups. */
export function imagesIn(blocks: readonly GroupBlock[]): number {
  return blocks.reduce((count, { size }) => count + size, 0);
}
