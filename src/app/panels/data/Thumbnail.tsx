import { useEffect, useRef } from 'react';
import { splitNames } from '../../../dataset/splitName';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { paintThumbnail } from './paintThumbnail';
import styles from './Thumbnail.module.css';
import type { Thumbnails } from './useThumbnails';

interface ThumbnailProps {
  dataset: DatasetManifest;
  sample: number;
  /** Its place among the images that were read. */
  place: number;
  thumbnails: Thumbnails | null;
  isSelected: boolean;
  onSelect(sample: number): void;
  /** Left out where it is reached by Tab like any button. */
  tabIndex?: number;
}

/** One image as a button: its frame tells the group, by colour and by dashes. */
export function Thumbnail({ dataset, sample, place, thumbnails, isSelected, onSelect, tabIndex }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!thumbnails || !canvas.current) return;
    const bytes = thumbnails.imageSize ** 2 * 3;
    const pixels = thumbnails.pixels.subarray(place * bytes, (place + 1) * bytes);
    paintThumbnail(canvas.current, pixels, thumbnails.imageSize);
  }, [thumbnails, place]);
  const { names, labels, groups, splits } = dataset.samples;
  const group = groups[sample]!;
  const about = [
    names[sample],
    dataset.classNames[labels[sample]!],
    dataset.groupNames[group],
    splitNames[splits[sample]!],
  ].join(', ');
  return (
    <button
      type="button"
      className={styles.thumbnail}
      data-group={group}
      data-sample={sample}
      aria-pressed={isSelected}
      aria-label={about}
      title={about}
      tabIndex={tabIndex}
      onClick={() => onSelect(sample)}
    >
      <canvas ref={canvas} aria-hidden="true" />
    </button>
  );
}
