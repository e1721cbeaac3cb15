import { Figure } from '../../../charts/Figure';
import { formatCount } from '../../../format/formatNumber';
import { formatLargeCount } from '../../../format/formatQuantity';
import styles from './Plan.module.css';
import { type PlanOverview, type PlanRow, shapeWords } from './planRows';

interface PlanDrawingProps {
  overview: PlanOverview;
  /** Side of the images. */
  imageSize: number;
  selected: number;
}

/** Heights in the drawing, in pixels: of the blocks, and of the bars below them. */
const blocks = { top: 8, height: 84 };
const bars = { parameters: 170, macs: 216, height: 28 };
const left = 84;
/** Narrower columns have no room for words. */
const leastWordWidth = 30;

/** A network from the image to the logits: each step as a block, with its parameters and multiply-accumulates. */
export function PlanDrawing({ overview, imageSize, selected }: PlanDrawingProps) {
  const { rows, problem } = overview;
  const parameters = rows.reduce((sum, row) => sum + row.parameters, 0);
  const macs = rows.reduce((sum, row) => sum + row.macs, 0);
  return (
    <div className={styles.drawing}>
      <Figure
        title="The network"
        sample={
          problem
            ? `${imageSize}-pixel images · does not fit together from step ${problem.step} on`
            : `${imageSize}-pixel images · ${formatLargeCount(parameters)} parameters · ${formatLargeCount(macs)} MACs`
        }
        caption="One column per step. A block is as high as its maps and the wider, the more channels there are (logarithmic); behind the maps its height is how many numbers there are (logarithmic). Bars: share of the step with most."
        table={{
          columns: ['step', 'kind', 'settings', 'output', 'parameters', 'MACs'],
          rows: rows.map(({ number, label, words, outputShape, ...cost }) => [
            number,
            label,
            words,
            shapeWords(outputShape),
            cost.parameters,
            cost.macs,
          ]),
        }}
      >
        {({ width }) => (
          <svg width={width} height={236} aria-hidden="true" fontSize={11}>
            <RowNames />
            {rows.map((row, index) => (
              <Column
                key={row.number}
                row={row}
                x={left + (index * (width - left)) / rows.length}
                width={(width - left) / rows.length}
                scale={{
                  imageSize,
                  channels: largest(rows, ({ outputShape }) => outputShape?.[2] ?? 1),
                  numbers: largest(rows, ({ outputShape }) => (outputShape?.length === 1 ? outputShape[0]! : 1)),
                  parameters: largest(rows, (each) => each.parameters),
                  macs: largest(rows, (each) => each.macs),
                }}
                look={problem?.step === row.number ? 'problem' : index === selected ? 'selected' : 'plain'}
              />
            ))}
          </svg>
        )}
      </Figure>
    </div>
  );
}

const largest = (rows: readonly PlanRow[], measure: (row: PlanRow) => number) => Math.max(1, ...rows.map(measure));

function RowNames() {
  return (
    <g fill="var(--ink-soft)">
      <text x={0} y={blocks.top + blocks.height / 2 + 4}>
        Output
      </text>
      <text x={0} y={110}>
        Side
      </text>
      <text x={0} y={125}>
        Channels
      </text>
      <text x={0} y={bars.parameters}>
        Parameters
      </text>
      <text x={0} y={bars.macs}>
        MACs
      </text>
      <text x={0} y={233}>
        Step
      </text>
    </g>
  );
}

interface Scale {
  imageSize: number;
  channels: number;
  numbers: number;
  parameters: number;
  macs: number;
}

interface ColumnProps {
  row: PlanRow;
  x: number;
  width: number;
  /** The largest of each. */
  scale: Scale;
  look: 'plain' | 'selected' | 'problem';
}

function Column({ row, x, width, scale, look }: ColumnProps) {
  const { number, outputShape, parameters, macs } = row;
  const middle = x + width / 2;
  const strong = look === 'problem' ? 'var(--failed)' : look === 'selected' ? 'var(--focus)' : 'var(--before)';
  const size = outputShape && blockSize(outputShape, width, scale);
  return (
    <g textAnchor="middle" fill="var(--ink)">
      <title>{`${number}. ${row.label} ${row.words}: ${shapeWords(outputShape)}, ${formatCount(parameters)} parameters, ${formatCount(macs)} MACs`}</title>
      {look === 'plain' ? null : (
        <rect x={x + 1} y={0} width={Math.max(1, width - 2)} height={236} fill="var(--sunken)" rx={4} />
      )}
      {size ? (
        <rect
          x={middle - size.width / 2}
          y={blocks.top + (blocks.height - size.height) / 2}
          width={size.width}
          height={size.height}
          fill={strong}
          fillOpacity={0.35}
          stroke={strong}
        />
      ) : null}
      {look === 'problem' ? (
        <text x={middle} y={blocks.top + blocks.height / 2 + 5} fontSize={16} fontWeight={700} fill="var(--failed)">
          !
        </text>
      ) : null}
      {outputShape && width >= leastWordWidth ? (
        <>
          {outputShape.length === 3 ? (
            <text x={middle} y={110}>
              {outputShape[0]}
            </text>
          ) : null}
          <text x={middle} y={125}>
            {outputShape.at(-1)}
          </text>
        </>
      ) : null}
      <Bar
        x={middle}
        width={width}
        baseline={bars.parameters}
        value={parameters}
        most={scale.parameters}
        fill={strong}
      />
      <Bar x={middle} width={width} baseline={bars.macs} value={macs} most={scale.macs} fill={strong} />
      <text x={middle} y={233} fill="var(--ink-soft)">
        {number}
      </text>
    </g>
  );
}

/** Height and width of a step's block. */
function blockSize(shape: readonly number[], column: number, scale: Scale): { width: number; height: number } {
  const room = Math.max(4, Math.min(44, column - 6));
  if (shape.length === 1) {
    const share = Math.log2(1 + shape[0]!) / Math.log2(1 + scale.numbers);
    return { width: Math.min(6, room), height: Math.max(2, blocks.height * share) };
  }
  const [side = 1, , channels = 1] = shape;
  return {
    width: Math.max(3, room * (Math.log2(1 + channels) / Math.log2(1 + scale.channels))),
    height: Math.max(2, blocks.height * Math.min(1, side / scale.imageSize)),
  };
}

interface BarProps {
  x: number;
  width: number;
  baseline: number;
  value: number;
  most: number;
  fill: string;
}

function Bar({ x, width, baseline, value, most, fill }: BarProps) {
  if (value === 0) return null;
  const height = Math.max(1, (bars.height * value) / most);
  const thickness = Math.max(3, Math.min(28, width - 8));
  return (
    <>
      <rect x={x - thickness / 2} y={baseline - height} width={thickness} height={height} fill={fill} />
      {value === most ? (
        <text x={x} y={baseline - height - 3}>
          {formatLargeCount(value)}
        </text>
      ) : null}
    </>
  );
}
