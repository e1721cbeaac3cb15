import { useEffect, useRef, useState } from 'react';
import type { DatasetManifest } from '../../../dataset/dataset';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { useLabActions } from '../../store/LabProvider';
import { ErrorView } from '../../ui/ErrorView';
import { pickSamples } from './countCells';
import { paintThumbnails } from './paintThumbnails';
import styles from './ThumbnailStrip.module.css';

const perGroup = 14;
const cellPixels = 56;

/** A row of training images of each group, so that the eye can check what the counts say. */
export function ThumbnailStrip({ dataset }: { dataset: DatasetManifest }) {
  return (
    <section aria-label="Sample images" className={styles.strip}>
      {([0, 1] as const).map((group) => (
        <GroupRow key={group} dataset={dataset} group={group} />
      ))}
    </section>
  );
}

function GroupRow({ dataset, group }: { dataset: DatasetManifest; group: 0 | 1 }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const { readThumbnails } = useLabActions();
  const [indices] = useState(() => pickSamples(dataset, perGroup)[group]);

  useEffect(() => {
    let isGone = false;
    if (indices.length === 0) return;
    readThumbnails(
      dataset.imageSetId,
      indices.map((index) => dataset.imageIndices[index]!),
    ).then(
      ({ imageSize, pixels }) => {
        if (!isGone && canvas.current) paintThumbnails(canvas.current, pixels, imageSize, indices.length);
      },
      (thrown) => {
        if (!isGone) setError(toErrorData(thrown, 'reading sample images'));
      },
    );
    return () => {
      isGone = true;
    };
  }, [readThumbnails, dataset, indices]);

  const name = dataset.groupNames[group];
  if (error) return <ErrorView error={error} />;
  return (
    <div className={styles.row}>
      <span className={styles[`group${group}`]}>{name}</span>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${indices.length} training images of ${name}`}
        width={perGroup * cellPixels}
        height={cellPixels}
      />
    </div>
  );
}
