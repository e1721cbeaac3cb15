import { useEffect, useState } from 'react';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { useLabActions } from '../../store/LabProvider';

/** Pixels of a few images, row-major [n, imageSize, imageSize, 3]. */
export interface Thumbnails {
  imageSize: number;
  pixels: Uint8Array;
}

/** Rows that are scrolled past within this time are not read. */
const restMs = 60;

/** Reads the images of a few samples; null while they are not there. */
export function useThumbnails(
  dataset: DatasetManifest,
  samples: readonly number[],
): { thumbnails: Thumbnails | null; error: LabErrorData | null } {
  const { readThumbnails } = useLabActions();
  const [read, setRead] = useState<{ key: string; thumbnails: Thumbnails } | null>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const key = `${dataset.imageSetId} ${samples.map((sample) => dataset.imageIndices[sample]!).join(' ')}`;
  useEffect(() => {
    const [imageSet, ...images] = key.split(' ');
    if (images[0] === '' || imageSet === undefined) return;
    let isGone = false;
    const timer = setTimeout(() => {
      readThumbnails(dataset.imageSetId, images.map(Number)).then(
        (thumbnails) => isGone || setRead({ key, thumbnails }),
        (thrown) => isGone || setError(toErrorData(thrown, 'reading images')),
      );
    }, restMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [readThumbnails, dataset.imageSetId, key]);
  return { thumbnails: read?.key === key ? read.thumbnails : null, error };
}
