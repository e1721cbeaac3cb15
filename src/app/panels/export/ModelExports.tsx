import type { ModelId, RunId } from '../../../foundation/ids';
import { importanceLabel } from '../../../importance/importances';
import type { ExportFormat } from '../../../model/labModel';
import type { ModelSummary } from '../../../model/modelSummary';
import { chosenWords } from '../../../recipe/nameRound';
import type { RunRecord } from '../../../recipe/runRecord';
import { downloadFile } from '../../files/downloadFile';
import { formatCount } from '../../format/formatNumber';
import { formatBytes } from '../../format/formatQuantity';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import styles from './Export.module.css';

interface ModelRow {
  id: ModelId;
  runId: RunId | null;
  label: string;
  /** How the arm came to report this round; null when it does not. */
  chosen: string | null;
  channelsLeft: number | null;
  parameters: number;
  bytes: number;
}

/** Every model there is to export: the rounds of the run shown, the chosen ones first, and the unpruned one. */
export function ModelExports({ record, model }: { record: RunRecord | null; model: ModelSummary | null }) {
  const isBusy = useIsBusy();
  const exported = useLab(({ stages }) => (stages.export.status === 'done' ? stages.export.result.fileName : null));
  const { exportModel } = useLabActions();
  const rows = modelRows(record, model);
  const save = async (row: ModelRow, format: ExportFormat) => {
    const made = await exportModel({ modelId: row.id, runId: row.runId, format });
    if (made) downloadFile(made.fileName, made.bytes, made.mediaType);
  };
  const columns: Column<ModelRow>[] = [
    { name: 'Model', cell: ({ label, chosen }) => (chosen ? `${label} · ${chosen}` : label) },
    {
      name: 'Channels left',
      isNumber: true,
      cell: ({ channelsLeft }) => (channelsLeft === null ? '' : formatCount(channelsLeft)),
    },
    { name: 'Parameters', isNumber: true, cell: ({ parameters }) => formatCount(parameters) },
    { name: 'Weights', isNumber: true, cell: ({ bytes }) => formatBytes(bytes) },
    {
      name: 'Download',
      isNumber: true,
      cell: (row) => (
        <span className={styles.downloads}>
          <Button
            look={row === rows[0] ? 'main' : 'plain'}
            isDisabled={isBusy}
            onPress={() => void save(row, 'tfjs')}
            aria-label={`Download ${row.label} (zip)`}
          >
            TensorFlow.js
          </Button>
          <Button
            isDisabled={isBusy}
            onPress={() => void save(row, 'pytorch')}
            aria-label={`Download ${row.label} for PyTorch`}
          >
            PyTorch
          </Button>
          <Button
            isDisabled={isBusy}
            onPress={() => void save(row, 'onnx')}
            aria-label={`Download ${row.label} as ONNX`}
          >
            ONNX
          </Button>
        </span>
      ),
    },
  ];
  return (
    <section className={styles.section} aria-labelledby="models-title">
      <h3 id="models-title">Models</h3>
      <div className={styles.scroll} role="region" aria-label="Models to download" tabIndex={0}>
        <DataTable
          caption="A zip with the network (TensorFlow.js: model.json and weights; PyTorch: safetensors and a script that rebuilds the module; ONNX: model.onnx), labels, preprocessing and a model card"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isMarked={({ chosen }) => chosen !== null}
        />
      </div>
      <p role="status" className={styles.status}>
        {exported ? `${exported} is in your downloads.` : ''}
      </p>
    </section>
  );
}

function modelRows(record: RunRecord | null, model: ModelSummary | null): ModelRow[] {
  const rounds = (record?.arms ?? []).flatMap((arm) =>
    arm.rounds.map(({ round, modelId, channelsLeft, parameters, bytes }) => ({
      id: modelId,
      runId: record?.id ?? null,
      label: `${importanceLabel(arm.arm)}, round ${round}`,
      chosen: round === arm.chosenRound ? chosenWords(arm) : null,
      channelsLeft,
      parameters,
      bytes,
    })),
  );
  const start = record && modelRow(record.model, record.id, 'Unpruned');
  const present =
    model && model.id !== record?.model.id
      ? modelRow(model, null, record || model.prunedFrom ? `Step 2: ${model.name}` : 'Unpruned')
      : null;
  return [
    ...rounds.filter(({ chosen }) => chosen !== null),
    ...rounds.filter(({ chosen }) => chosen === null),
    ...[present, start].filter((row) => row !== null),
  ];
}

function modelRow({ id, parameters, bytes }: ModelSummary, runId: RunId | null, label: string): ModelRow {
  return { id, runId, label, chosen: null, channelsLeft: null, parameters, bytes };
}
