import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { countBelow, type RankedChannel } from '../../charts/scoreRows';
import { formatPercent } from '../../format/formatNumber';
import styles from './ScoreFigure.module.css';

interface CutHandleProps {
  /** Place of the cut in the drawing, in CSS pixels. */
  x: number;
  height: number;
  count: number;
  channelCount: number;
  /** The score at the cut, for the value text. */
  cutText: string;
  ranked: readonly RankedChannel[];
  toScore(pixel: number): number;
  onChange(count: number): void;
}

/** The cut line as a slider: dragged along the score axis, moved by one channel with the arrow keys. */
export function CutHandle({ x, height, count, channelCount, cutText, ranked, toScore, onChange }: CutHandleProps) {
  const handle = useRef<HTMLDivElement>(null);
  const largest = Math.max(1, channelCount - 1);

  const moveByKey = (event: KeyboardEvent) => {
    const next = nextCount(event.key, count, largest);
    if (next === null) return;
    event.preventDefault();
    onChange(next);
  };
  const drag = (event: PointerEvent) => {
    const drawing = handle.current?.parentElement;
    if (!drawing || !handle.current?.hasPointerCapture(event.pointerId)) return;
    onChange(countBelow(ranked, toScore(event.clientX - drawing.getBoundingClientRect().left)));
  };
  return (
    <div
      ref={handle}
      className={styles.handle}
      style={{ left: x, height: height - 60 }}
      role="slider"
      tabIndex={0}
      aria-label="Cut: channels to prune"
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={largest}
      aria-valuenow={count}
      aria-valuetext={`${count} of ${channelCount} channels (${formatPercent(count / channelCount)}), score below ${cutText}`}
      onKeyDown={moveByKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
      }}
      onPointerMove={drag}
    >
      <svg width={24} height={height - 60} data-figure="cut" aria-hidden="true">
        <line x1={12} x2={12} y1={10} y2={height - 60} stroke="var(--ink)" strokeWidth={1.5} />
        <path d="M4,0H20V8L12,16L4,8Z" fill="var(--selected)" stroke="var(--ink)" />
      </svg>
    </div>
  );
}

/** Where a key moves the cut; null for keys that do not move it. */
function nextCount(key: string, count: number, largest: number): number | null {
  const targets: Record<string, number> = {
    ArrowLeft: count - 1,
    ArrowDown: count - 1,
    ArrowRight: count + 1,
    ArrowUp: count + 1,
    PageDown: count - 10,
    PageUp: count + 10,
    Home: 1,
    End: largest,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(Math.max(1, target), largest);
}
