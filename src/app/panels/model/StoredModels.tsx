import type { ModelSummary } from '../../../model/modelSummary';
import { formatBytes, formatLargeCount } from '../../format/formatQuantity';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Note } from '../../ui/Note';

/** Models that are stored on this machine: loaded, trained, or left by a run. */
export function StoredModels({ isBusy }: { isBusy: boolean }) {
  const models = useLab(({ inventory }) => inventory.models);
  const { openModel, deleteStored } = useLabActions();
  const damaged = useLab(({ inventory }) => inventory.unreadableModels);
  if (models.length === 0 && damaged.length === 0) return null;
  const columns: Column<ModelSummary>[] = [
    { name: 'Model', cell: ({ name }) => name },
    { name: 'Pruned from', cell: ({ prunedFrom }) => prunedFrom?.name ?? '' },
    { name: 'Parameters', isNumber: true, cell: ({ parameters }) => formatLargeCount(parameters) },
    { name: 'Size', isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
    {
      name: 'Actions',
      isNumber: true,
      cell: (model) => (
        <>
          <Button look="quiet" isDisabled={isBusy} onPress={() => openModel(model)} aria-label={`Open ${model.name}`}>
            Open
          </Button>
          <Button
            look="quiet"
            isDisabled={isBusy}
            onPress={() => void deleteStored({ kind: 'model', id: model.id })}
            aria-label={`Delete ${model.name}`}
          >
            Delete
          </Button>
        </>
      ),
    },
  ];
  return (
    <>
      {models.length > 0 ? (
        <DataTable caption="Stored on this machine" columns={columns} rows={models} rowKey={({ id }) => id} />
      ) : null}
      {damaged.map((id) => (
        <Note key={id}>
          The files of the stored model {id} are damaged; it cannot be opened.{' '}
          <Button look="quiet" isDisabled={isBusy} onPress={() => void deleteStored({ kind: 'model', id })}>
            Delete {id}
          </Button>
        </Note>
      ))}
    </>
  );
}
