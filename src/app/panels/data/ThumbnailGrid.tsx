import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { useElementSize } from '../../hooks/useElementSize';
import { useVisibleRows } from '../../hooks/useVisibleRows';
import { ErrorView } from '../../ui/ErrorView';
import { Thumbnail } from './Thumbnail';
import styles from './ThumbnailGrid.module.css';
import { useThumbnails } from './useThumbnails';

interface ThumbnailGridProps {
  dataset: DatasetManifest;
  /** Positions of the samples to show. */
  samples: readonly number[];
  selected: number | null;
  onSelect(sample: number): void;
}

/** A thumbnail with its gap. */
const cellPx = 70;

/** All images, of which only the rows in view are drawn and read. Arrow keys go from one to the next. */
export function ThumbnailGrid({ dataset, samples, selected, onSelect }: ThumbnailGridProps) {
  const [scroller, { width }] = useElementSize<HTMLElement>();
  const columns = Math.max(1, Math.floor(width / cellPx));
  const { totalPx, rows, scrollTo } = useVisibleRows(scroller, Math.ceil(samples.length / columns), cellPx);
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  const reachable = Math.min(active, samples.length - 1);

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-sample="${samples[reachable]}"]`)?.focus();
  });

  function move(event: KeyboardEvent) {
    const page = columns * Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / cellPx));
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: page,
      PageUp: -page,
      Home: -samples.length,
      End: samples.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(samples.length - 1, reachable + step));
    moved.current = true;
    scrollTo(Math.floor(next / columns));
    setActive(next);
  }

  return (
    // The keys move the focus between the buttons inside; the region itself is scrolled by them.
    <section ref={scroller} className={styles.scroller} aria-label="Images" onKeyDown={move}>
      <div className={styles.rows} style={{ height: totalPx }}>
        {rows.map(({ index, topPx }) => (
          <ThumbnailRow
            key={index}
            top={topPx}
            dataset={dataset}
            samples={samples.slice(index * columns, (index + 1) * columns)}
            selected={selected}
            reachable={samples[reachable]}
            onSelect={(sample) => {
              setActive(samples.indexOf(sample));
              onSelect(sample);
            }}
          />
        ))}
      </div>
    </section>
  );
}

interface ThumbnailRowProps extends ThumbnailGridProps {
  top: number;
  /** The one sample that Tab reaches. */
  reachable: number | undefined;
}

function ThumbnailRow({ dataset, samples, top, selected, reachable, onSelect }: ThumbnailRowProps) {
  const { thumbnails, error } = useThumbnails(dataset, samples);
  return (
    <div className={styles.row} style={{ transform: `translateY(${top}px)` }}>
      {error ? (
        <ErrorView error={error} />
      ) : (
        samples.map((sample, place) => (
          <Thumbnail
            key={sample}
            dataset={dataset}
            sample={sample}
            place={place}
            thumbnails={thumbnails}
            isSelected={sample === selected}
            tabIndex={sample === reachable ? 0 : -1}
            onSelect={onSelect}
          />
        ))
      )}
    </div>
  );
}
