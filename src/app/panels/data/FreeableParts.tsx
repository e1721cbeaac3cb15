import type { StoredPart } from '../../../engine/protocol/jobMap';
import { formatBytes } from '../../format/formatQuantity';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Note } from '../../ui/Note';

/** What could be let go, by size, each with a click; and what the check at the start has cleared away. */
export function FreeableParts({ isBusy }: { isBusy: boolean }) {
  const stored = useLab(({ inventory }) => inventory.stored);
  const repaired = useLab(({ inventory }) => inventory.repaired);
  const parts = stored.filter(({ freeable }) => freeable !== null);
  return (
    <>
      {parts.length > 0 ? <FreeableTable parts={parts} isBusy={isBusy} /> : null}
      {repaired.length > 0 ? (
        <Note>
          When the lab was opened, it cleared away what earlier work had left that was cut off. {repaired.join(' ')}
        </Note>
      ) : null}
    </>
  );
}

function FreeableTable({ parts, isBusy }: { parts: readonly StoredPart[]; isBusy: boolean }) {
  const { deleteStored } = useLabActions();
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const columns: Column<StoredPart>[] = [
    { name: 'What', cell: ({ name }) => name },
    { name: 'Why it may go', cell: ({ freeable }) => freeable },
    { name: 'Frees', isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
    {
      name: 'Actions',
      isNumber: true,
      cell: ({ target, name }) => {
        const deed = target.kind === 'run-rounds' ? 'Let the old rounds go' : 'Delete';
        return (
          <Button
            look="quiet"
            isDisabled={isBusy}
            onPress={() => void deleteStored(target)}
            aria-label={`${deed}: ${name}`}
          >
            {deed}
          </Button>
        );
      },
    },
  ];
  return (
    <DataTable
      caption={`What can be freed: ${formatBytes(total)}`}
      columns={columns}
      rows={parts}
      rowKey={({ target }) => `${target.kind} ${target.id}`}
    />
  );
}
