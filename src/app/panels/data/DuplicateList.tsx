import { useRef } from 'react';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import type { DuplicateGroup } from '../../../dataset/stored/describeDuplicates';
import { formatCount } from '../../format/formatNumber';
import { useVisibleRows } from '../../hooks/useVisibleRows';
import { Note } from '../../ui/Note';
import styles from './DuplicateList.module.css';
import { Thumbnail } from './Thumbnail';
import { useThumbnails } from './useThumbnails';

interface DuplicateListProps {
  dataset: DatasetManifest;
  groups: readonly DuplicateGroup[];
  selected: number | null;
  onSelect(sample: number): void;
}

const rowPx = 76;
/** Of a set that is larger the first ones are shown. */
const maxShown = 8;

/** Sets of images that look the same, the gravest first; only those in view are drawn and read. */
export function DuplicateList({ dataset, groups, selected, onSelect }: DuplicateListProps) {
  const scroller = useRef<HTMLElement>(null);
  const { totalPx, rows } = useVisibleRows(scroller, groups.length, rowPx);
  if (groups.length === 0) return <Note>No two images look the same.</Note>;
  const crossing = groups.filter(({ crossesSplits }) => crossesSplits).length;
  const conflicting = groups.filter(({ conflicts }) => conflicts).length;
  return (
    <>
      {crossing + conflicting > 0 ? (
        <Note>
          {formatCount(crossing)} of {formatCount(groups.length)} sets lie across splits, {formatCount(conflicting)}{' '}
          have different labels or groups. “Look-alikes” in the mapping keeps sets in one split, or leaves copies or
          conflicts out, without decoding anything again.
        </Note>
      ) : null}
      <section ref={scroller} className={styles.scroller} aria-label="Images that look the same">
        <ul className={styles.rows} style={{ height: totalPx }}>
          {rows.map(({ index, topPx }) => (
            <li key={index} className={styles.row} style={{ transform: `translateY(${topPx}px)` }}>
              <DuplicateRow dataset={dataset} group={groups[index]!} selected={selected} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function DuplicateRow({ dataset, group, ...rest }: Omit<DuplicateListProps, 'groups'> & { group: DuplicateGroup }) {
  const shown = group.samples.slice(0, maxShown);
  const { thumbnails } = useThumbnails(dataset, shown);
  const hidden = group.samples.length - shown.length;
  return (
    <>
      {shown.map((sample, place) => (
        <Thumbnail
          key={sample}
          dataset={dataset}
          sample={sample}
          place={place}
          thumbnails={thumbnails}
          isSelected={sample === rest.selected}
          onSelect={rest.onSelect}
        />
      ))}
      <span className={styles.words}>
        {hidden > 0 ? `and ${formatCount(hidden)} more · ` : ''}
        {group.crossesSplits || group.conflicts ? null : 'same class, group and split'}
        {group.crossesSplits ? <strong>across splits</strong> : null}
        {group.crossesSplits && group.conflicts ? ' · ' : ''}
        {group.conflicts ? <strong>labels or groups differ</strong> : null}
      </span>
    </>
  );
}
