import { formatCount } from '../../format/formatNumber';
import { formatBytes } from '../../format/formatQuantity';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';

/** What takes room and is no dataset: imports that were cut off, and datasets that cannot be read. */
export function StorageLeftovers({ isBusy }: { isBusy: boolean }) {
  const interrupted = useLab(({ inventory }) => inventory.interruptedImports);
  const unreadable = useLab(({ inventory }) => inventory.unreadableDatasets);
  const { deleteStored } = useLabActions();
  const rows = [
    ...interrupted.map(({ imageSetId, imageCount, sizeBytes }) => ({
      target: { kind: 'interrupted-import', id: imageSetId } as const,
      what: `An import that was cut off: ${formatCount(imageCount)} images, ${formatBytes(sizeBytes)}`,
      advice: 'Choose the same files and the same image size again: the import goes on from here.',
    })),
    ...unreadable.map(({ id, reason }) => ({
      target: { kind: 'dataset', id } as const,
      what: reason,
      advice: 'Delete it and import it again.',
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption="Left behind"
      rows={rows}
      rowKey={({ target }) => target.id}
      columns={[
        { name: 'What', cell: ({ what }) => what },
        { name: 'What to do', cell: ({ advice }) => advice },
        {
          name: 'Actions',
          isNumber: true,
          cell: ({ target, what }) => (
            <Button
              look="quiet"
              isDisabled={isBusy}
              onPress={() => void deleteStored(target)}
              aria-label={`Delete: ${what}`}
            >
              Delete
            </Button>
          ),
        },
      ]}
    />
  );
}
