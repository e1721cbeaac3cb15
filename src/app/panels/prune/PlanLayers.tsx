import type { LayerChange, PruningPlan } from '../../../model/labModel';
import { formatCount } from '../../format/formatNumber';
import { type Column, DataTable } from '../../ui/DataTable';
import styles from './PlanLayers.module.css';
import { planArcs } from './planArcs';
import { roleMeanings, roleWords } from './pruningModeWords';

/** Height of a row and of the table's head with its caption; the table is laid out to keep to them. */
const rowHeight = 26;
const headHeight = 56;
const laneWidth = 12;

const columns: Column<LayerChange>[] = [
  { name: 'Layer', cell: ({ layer }) => layer },
  { name: 'Kind', cell: ({ kind }) => kind },
  { name: 'Part', cell: ({ role }) => roleWords[role], title: () => roleMeanings },
  {
    name: 'Channels',
    isNumber: true,
    cell: ({ channelsBefore, channelsAfter }) => fall(channelsBefore, channelsAfter),
  },
  {
    name: 'Parameters',
    isNumber: true,
    cell: ({ parametersBefore, parametersAfter }) => fall(parametersBefore, parametersAfter),
  },
  { name: 'MACs per image', isNumber: true, cell: ({ macsBefore, macsAfter }) => fall(macsBefore, macsAfter) },
];

/** Every layer that the channels reach, in the order of the network, with the links between them. */
export function PlanLayers({ plan }: { plan: PruningPlan }) {
  const { layers } = plan;
  const arcs = planArcs(layers);
  const lanes = Math.max(0, ...arcs.map(({ lane }) => lane));
  const axis = lanes * laneWidth + laneWidth;
  const middleOf = (row: number) => headHeight + (row + 0.5) * rowHeight;
  return (
    <div className={styles.scroll} role="region" aria-label="Layers that the channels reach" tabIndex={0}>
      <svg
        className={styles.links}
        width={axis + laneWidth}
        height={headHeight + layers.length * rowHeight}
        role="img"
        aria-label="Links between the layers that the channels reach"
      >
        {arcs.map(({ from, to, lane }) => (
          <path
            key={`${from}-${to}`}
            className={styles.link}
            d={arcPath(middleOf(from), middleOf(to), axis, axis - lane * laneWidth)}
          />
        ))}
        {layers.map(({ layer, role }, row) => (
          <circle key={layer} className={styles[role]} cx={axis} cy={middleOf(row)} r={role === 'carries' ? 3 : 5} />
        ))}
      </svg>
      <div className={styles.table}>
        <DataTable
          caption={`${layers.length} layers that the channels reach; lines show how they flow`}
          columns={columns}
          rows={layers}
          rowKey={({ layer }) => layer}
          isMarked={({ role }) => role === 'target'}
        />
      </div>
    </div>
  );
}

/** Down from one row to another, through a lane on the left. */
function arcPath(top: number, bottom: number, axis: number, lane: number): string {
  if (lane === axis) return `M${axis} ${top}V${bottom}`;
  const bend = rowHeight / 2;
  return `M${axis} ${top}C${lane} ${top} ${lane} ${top} ${lane} ${top + bend}V${bottom - bend}C${lane} ${bottom} ${lane} ${bottom} ${axis} ${bottom}`;
}

function fall(before: number, after: number): string {
  return before === after ? formatCount(before) : `${formatCount(before)} → ${formatCount(after)}`;
}
