import type { ModelId } from '../../../foundation/ids';
import { importanceLabel } from '../../../importance/importances';
import type { RunRecord } from '../../../recipe/runRecord';
import { formatCount } from '../../format/formatNumber';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Section } from '../../ui/Section';

interface Branch {
  id: ModelId;
  label: string;
  channelsLeft: number;
  parameters: number;
}

/** Every round of a run as a model to go on from: with other settings, another layer, or by hand. */
export function RoundBranches({ record }: { record: RunRecord }) {
  const isBusy = useIsBusy();
  const { keepRound } = useLabActions();
  const rows: Branch[] = record.arms.flatMap(({ arm, rounds }) =>
    rounds.map(({ round, modelId, channelsLeft, parameters }) => ({
      id: modelId,
      label: `${importanceLabel(arm)}, round ${round}`,
      channelsLeft,
      parameters,
    })),
  );
  if (rows.length === 0) return null;
  const columns: Column<Branch>[] = [
    { name: 'Round', cell: ({ label }) => label },
    { name: 'Channels left', isNumber: true, cell: ({ channelsLeft }) => formatCount(channelsLeft) },
    { name: 'Parameters', isNumber: true, cell: ({ parameters }) => formatCount(parameters) },
    {
      name: 'Branch',
      isNumber: true,
      cell: ({ id, label }) => (
        <Button
          look="quiet"
          isDisabled={isBusy}
          onPress={() => void keepRound(id, `${record.model.name} · ${label}`)}
          aria-label={`Go on from ${label}`}
        >
          Go on from here
        </Button>
      ),
    },
  ];
  return (
    <Section title="Go on from a round" summary="Any round can be the start of another run. This one stays as it is.">
      <DataTable
        caption="Models at the end of each round"
        isCaptionHidden
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </Section>
  );
}
