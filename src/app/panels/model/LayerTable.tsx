import { activationBytes, weightBytes } from '../../../model/memoryNeed';
import type { LayerSummary, ModelSummary } from '../../../model/modelSummary';
import { formatCount } from '../../format/formatNumber';
import { formatBytes } from '../../format/formatQuantity';
import { type Column, DataTable } from '../../ui/DataTable';
import styles from './LayerTable.module.css';

/** Every layer with what it costs, and whether its channels can be pruned. */
export function LayerTable({ model }: { model: ModelSummary }) {
  const largestMacs = Math.max(1, ...model.layers.map(({ macs }) => macs));
  const columns: Column<LayerSummary>[] = [
    { name: 'Layer', cell: ({ name }) => name },
    { name: 'Kind', cell: ({ kind }) => kind },
    { name: 'Output', isNumber: true, cell: ({ outputShape }) => outputShape.join(' × ') },
    { name: 'Parameters', isNumber: true, cell: ({ parameters }) => (parameters === 0 ? '' : formatCount(parameters)) },
    {
      name: 'Weights',
      isNumber: true,
      cell: (layer) => (layer.parameters === 0 ? '' : formatBytes(weightBytes(layer))),
      title: (layer) => `${formatCount(weightBytes(layer))} bytes`,
    },
    {
      name: 'Activations',
      isNumber: true,
      cell: (layer) => formatBytes(activationBytes(layer)),
      title: (layer) => `${formatCount(activationBytes(layer))} bytes`,
    },
    {
      name: 'MACs',
      isNumber: true,
      cell: ({ macs }) => (
        <span className={styles.macs} style={{ backgroundSize: `${(100 * macs) / largestMacs}% 2px` }}>
          {macs === 0 ? '' : formatCount(macs)}
        </span>
      ),
    },
    {
      name: 'Prunable',
      title: ({ reason }) => reason ?? '',
      cell: ({ kind, prunable, reason }) => (prunable ? 'yes' : kind.includes('Conv') ? `no: ${reason}` : 'no'),
    },
  ];
  return (
    <div className={styles.scroll} role="region" aria-label="Layers" tabIndex={0}>
      <DataTable
        caption={`Layers of ${model.name}; activations and multiply-accumulates (MACs) of one image, underlined by their share of the largest layer’s`}
        columns={columns}
        rows={model.layers}
        rowKey={({ name }) => name}
        isMarked={({ name }) => name === model.defaultLayer}
      />
    </div>
  );
}
