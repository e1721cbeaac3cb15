import { imageSetBytes } from '../../../dataset/images/imageSet/imageSet';
import type { DatasetHead } from '../../../dataset/stored/datasetHead';
import { formatCount, formatPercent } from '../../format/formatNumber';
import { formatBytes } from '../../format/formatQuantity';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Note } from '../../ui/Note';
import { FreeableParts } from './FreeableParts';
import styles from './StoredDatasets.module.css';

/** Datasets that are stored on this machine from earlier, how much room they take, and how much there is. */
export function StoredDatasets({ isBusy }: { isBusy: boolean }) {
  const datasets = useLab(({ inventory }) => inventory.datasets);
  const storage = useLab(({ inventory }) => inventory.storage);
  return (
    <div className={styles.stored}>
      {datasets.length > 0 ? <DatasetTable datasets={datasets} isBusy={isBusy} /> : null}
      <FreeableParts isBusy={isBusy} />
      {storage ? (
        <Note>
          The browser stores {formatBytes(storage.usedBytes)} for this page, {formatPercent(storageShare(storage))} of
          the {formatBytes(storage.quotaBytes)} that it allows.{' '}
          {storage.isPersistent
            ? 'It keeps them until you delete them.'
            : 'It may clear them when the disk gets full: keep the originals.'}
        </Note>
      ) : null}
    </div>
  );
}

function DatasetTable({ datasets, isBusy }: { datasets: readonly DatasetHead[]; isBusy: boolean }) {
  const { openDataset, deleteStored } = useLabActions();
  const sharing = (dataset: DatasetHead) =>
    datasets.some(({ id, imageSetId }) => id !== dataset.id && imageSetId === dataset.imageSetId);
  const columns: Column<DatasetHead>[] = [
    { name: 'Dataset', cell: ({ name }) => name },
    { name: 'Images', isNumber: true, cell: ({ imageCount }) => formatCount(imageCount) },
    { name: 'Groups', cell: ({ groupNames }) => groupNames.join(' / ') },
    { name: 'Made', cell: ({ createdAt }) => new Date(createdAt).toLocaleString('en-GB') },
    {
      name: 'Size',
      isNumber: true,
      cell: (dataset) => `${sizeOf(dataset)}${sharing(dataset) ? ', shared' : ''}`,
      title: (dataset) =>
        `${dataset.imageSize} × ${dataset.imageSize} px${sharing(dataset) ? '; another dataset uses the same images, which are kept until both are deleted' : ''}`,
    },
    {
      name: 'Actions',
      isNumber: true,
      cell: (dataset) => (
        <>
          <Button
            look="quiet"
            isDisabled={isBusy}
            onPress={() => void openDataset(dataset.id)}
            aria-label={`Open ${dataset.name}`}
          >
            Open
          </Button>
          <Button
            look="quiet"
            isDisabled={isBusy}
            onPress={() => void deleteStored({ kind: 'dataset', id: dataset.id })}
            aria-label={`Delete ${dataset.name}`}
          >
            Delete
          </Button>
        </>
      ),
    },
  ];
  return <DataTable caption="Stored on this machine" columns={columns} rows={datasets} rowKey={({ id }) => id} />;
}

/** Of the images that the dataset uses; its set may hold a few more, whose rows the mapping leaves out. */
function sizeOf({ imageSize, imageCount }: DatasetHead): string {
  return formatBytes(imageSetBytes({ imageSize, imageCount }));
}

function storageShare({ usedBytes, quotaBytes }: { usedBytes: number; quotaBytes: number }): number {
  return quotaBytes > 0 ? usedBytes / quotaBytes : 1;
}
