import { formatCount, formatPercent } from '../../format/formatNumber';

/** Below this many images a rate moves by over a tenth when one image changes sides. */
export const fewImages = 10;

interface HeatCellProps {
  group: 0 | 1;
  count: number;
  /** Images of the group in all classes. */
  total: number;
  /** What the share is of, in words: `the group in this split`. */
  whole: string;
}

/** A cell of class × group: the count, the shade its share of the group; dashed (`data-few`) where there are few. */
export function HeatCell({ group, count, total, whole }: HeatCellProps) {
  const share = count / Math.max(1, total);
  const shade = `color-mix(in srgb, var(--group${group}) ${Math.round(8 + 52 * share)}%, var(--panel))`;
  return (
    <td
      title={`${formatPercent(share)} of ${whole}`}
      style={{ background: shade }}
      data-few={count < fewImages || undefined}
    >
      {count === 0 ? 'none' : formatCount(count)}
    </td>
  );
}
