import { useEffect, useMemo, useState } from 'react';
import { splitNames } from '../../../dataset/splitName';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { describeDuplicates } from '../../../dataset/stored/describeDuplicates';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { formatCount } from '../../format/formatNumber';
import { useLabActions } from '../../store/LabProvider';
import { Choice } from '../../ui/Choice';
import { ErrorView } from '../../ui/ErrorView';
import { Toggles } from '../../ui/Toggles';
import { DuplicateList } from './DuplicateList';
import { everySample, filterSamples } from './filterSamples';
import styles from './ImageBrowser.module.css';
import { ThumbnailGrid } from './ThumbnailGrid';

interface ImageBrowserProps {
  dataset: DatasetManifest;
  selected: number | null;
  onSelect(sample: number): void;
}

const all = 'all';

/** The images themselves, so that the eye can check what the counts say: all of them, or those that look the same. */
export function ImageBrowser({ dataset, selected, onSelect }: ImageBrowserProps) {
  const [shows, setShows] = useState<'images' | 'duplicates'>('images');
  const [filter, setFilter] = useState(everySample);
  const samples = useMemo(() => filterSamples(dataset, filter), [dataset, filter]);
  const { duplicates, error } = useDuplicates(dataset);
  const isOfAll = samples.length === dataset.samples.labels.length;
  return (
    <section className={styles.browser} aria-labelledby="images-title">
      <div className={styles.head}>
        <h3 id="images-title">Images</h3>
        <Toggles<'images' | 'duplicates'>
          label="Show"
          value={shows}
          options={[
            { value: 'images', label: isOfAll ? 'All' : 'Filtered' },
            { value: 'duplicates', label: `Look-alikes${duplicates ? `: ${formatCount(duplicates.length)}` : ''}` },
          ]}
          onChange={setShows}
        />
        {shows === 'images' ? (
          <>
            <Choice
              label="Class"
              value={filter.label === null ? all : String(filter.label)}
              options={[
                { value: all, label: 'all' },
                ...dataset.classNames.map((name, label) => ({ value: String(label), label: name })),
              ]}
              onChange={(value) => setFilter({ ...filter, label: value === all ? null : Number(value) })}
            />
            <Choice
              label="Group"
              value={filter.group === null ? all : String(filter.group)}
              options={[
                { value: all, label: 'all' },
                ...dataset.groupNames.map((name, group) => ({ value: String(group), label: name })),
              ]}
              onChange={(value) => setFilter({ ...filter, group: value === all ? null : value === '0' ? 0 : 1 })}
            />
            <Choice
              label="Split"
              value={filter.split ?? all}
              options={[{ value: all, label: 'all' }, ...splitNames.map((name) => ({ value: name, label: name }))]}
              onChange={(value) => setFilter({ ...filter, split: splitNames.find((name) => name === value) ?? null })}
            />
            <span className={styles.count}>n = {formatCount(samples.length)} images</span>
          </>
        ) : null}
      </div>
      {shows === 'images' ? (
        <ThumbnailGrid dataset={dataset} samples={samples} selected={selected} onSelect={onSelect} />
      ) : error ? (
        <ErrorView error={error} />
      ) : duplicates ? (
        <DuplicateList dataset={dataset} groups={duplicates} selected={selected} onSelect={onSelect} />
      ) : null}
    </section>
  );
}

/** Sets of look-alikes among a dataset's samples; null until they are read. */
function useDuplicates(dataset: DatasetManifest) {
  const { readImageSet } = useLabActions();
  const [read, setRead] = useState<{ id: string; groups: number[][] } | null>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const id = dataset.imageSetId;
  useEffect(() => {
    let isGone = false;
    readImageSet(id).then(
      ({ duplicateGroups }) => isGone || setRead({ id, groups: duplicateGroups }),
      (thrown) => isGone || setError(toErrorData(thrown, 'reading look-alikes')),
    );
    return () => {
      isGone = true;
    };
  }, [readImageSet, id]);
  const duplicates = useMemo(
    () => (read?.id === id ? describeDuplicates(dataset, read.groups) : null),
    [dataset, read, id],
  );
  return { duplicates, error };
}
