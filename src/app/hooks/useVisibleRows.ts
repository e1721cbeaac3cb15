import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** The rows of a long list that are in view, or nearly. */
export interface VisibleRows {
  /** Height of all rows together. */
  totalPx: number;
  rows: { index: number; topPx: number }[];
  scrollTo(index: number): void;
}

/** Which of `count` rows of equal height are to be drawn in an element that scrolls. */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, count: number, rowPx: number): VisibleRows {
  // oxlint-disable-next-line react/incompatible-library -- meant for the React compiler, which is not used here
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 2,
  });
  return {
    totalPx: list.getTotalSize(),
    rows: list.getVirtualItems().map(({ index, start }) => ({ index, topPx: start })),
    scrollTo: (index) => list.scrollToIndex(index),
  };
}
