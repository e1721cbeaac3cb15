import { useEffect, useState } from 'react';
import type { ImageRecord } from '../../../dataset/mapping/describeRecord';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { useLabActions } from '../../store/LabProvider';

/** What the tables say of a sample's image; null until it is read, and for a dataset that was not imported. */
export function useRecord(
  dataset: DatasetManifest,
  sample: number,
): { record: ImageRecord | null; error: LabErrorData | null } {
  const { readRecord } = useLabActions();
  const [read, setRead] = useState<{ image: number; record: ImageRecord } | null>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const image = dataset.imageIndices[sample]!;
  const isImported = dataset.source.kind === 'import';
  useEffect(() => {
    if (!isImported) return;
    let isGone = false;
    readRecord(dataset.id, image).then(
      (record) => isGone || setRead({ image, record }),
      (thrown) => isGone || setError(toErrorData(thrown, 'reading the record')),
    );
    return () => {
      isGone = true;
    };
  }, [readRecord, dataset.id, image, isImported]);
  return { record: read?.image === image ? read.record : null, error };
}
