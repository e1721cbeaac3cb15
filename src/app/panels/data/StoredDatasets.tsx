import type { DatasetManifest } from '../../../dataset/dataset';
import { formatCount } from '../../format/formatNumber';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';

/** Datasets that are stored on this machine from earlier. */
export function StoredDatasets({ isBusy }: { isBusy: boolean }) {
  const datasets = useLab(({ inventory }) => inventory.datasets);
  const { openDataset, deleteStored } = useLabActions();
  if (datasets.length === 0) return null;
  const columns: Column<DatasetManifest>[] = [
    { name: 'Dataset', cell: ({ name }) => name },
    { name: 'Images', isNumber: true, cell: ({ samples }) => formatCount(samples.labels.length) },
    { name: 'Groups', cell: ({ groupNames }) => groupNames.join(' / ') },
    { name: 'Made', cell: ({ createdAt }) => new Date(createdAt).toLocaleString('en-GB') },
    {
      name: 'Actions',
      isNumber: true,
      cell: (dataset) => (
        <>
          <Button
            look="quiet"
            isDisabled={isBusy}
            onPress={() => openDataset(dataset)}
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
