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
const leftOf = (width: number) => (width < 480 ? 62 : 84);
/** Narrower columns have no room for numbers. */
const leastTextWidth = 20;
/** In still narrower ones every second has its number. */
const leastNumberWidth = 15;

/** A network from the image to the logits: each step as a block, with its parameters and multiply-accumulates. */
export function PlanDrawing({ overview, imageSize, selected }: PlanDrawingProps) {
  const { rows, problem } = overview;
  const parameters = rows.reduce((sum, row) => sum + row.parameters, 0);
  const macs = rows.reduce((sum, row) => sum + row.macs, 0);
  const scale = scaleOf(rows, imageSize);
  return (
    <div className={styles.drawing}>
      <Figure
        title="The network"
        sample={
          problem
            ? `${imageSize}-pixel images · does not fit together from step ${problem.step} on`
            : `${imageSize}-pixel images · ${formatLargeCount(parameters)} parameters · ${formatLargeCount(macs)} MACs`
        }
        caption="One column per step. A block is as high as its maps are, and its width grows with the logarithm of their channels. Behind the maps, its height grows with the logarithm of how many numbers there are. The bars compare the steps’ parameters and multiply-accumulates (MACs)."
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
          <svg width={width} height={236} aria-hidden="true" fontSize={width < 480 ? 10 : 11}>
            <RowNames hasNumbers={(width - leftOf(width)) / rows.length >= leastTextWidth} />
            {rows.map((row, index) => (
              <Column
                key={row.number}
                row={row}
                x={leftOf(width) + (index * (width - leftOf(width))) / rows.length}
                width={(width - leftOf(width)) / rows.length}
                scale={scale}
                look={problem?.step === row.number ? 'problem' : index === selected ? 'selected' : 'plain'}
              />
            ))}
          </svg>
        )}
      </Figure>
    </div>
  );
}

/** The largest of what is drawn. */
interface Scale {
  imageSize: number;
  channels: number;
  numbers: number;
  /** The first of the steps with most. */
  mostParameters: PlanRow;
  mostMacs: PlanRow;
}

function scaleOf(rows: readonly PlanRow[], imageSize: number): Scale {
  const largest = (measure: (row: PlanRow) => number) => Math.max(1, ...rows.map(measure));
  const first = (measure: (row: PlanRow) => number) =>
    rows.reduce((most, row) => (measure(row) > measure(most) ? row : most));
  return {
    imageSize,
    channels: largest(({ outputShape }) => outputShape?.[2] ?? 1),
    numbers: largest(({ outputShape }) => (outputShape?.length === 1 ? outputShape[0]! : 1)),
    mostParameters: first(({ parameters }) => parameters),
    mostMacs: first(({ macs }) => macs),
  };
}

/** @param hasNumbers whether the columns have room for sides and channels */
function RowNames({ hasNumbers }: { hasNumbers: boolean }) {
  return (
    <g fill="var(--ink-soft)">
      <text x={0} y={blocks.top + blocks.height / 2 + 4}>
        Output
      </text>
      {hasNumbers ? (
        <>
          <text x={0} y={110}>
            Side
          </text>
          <text x={0} y={125}>
            Channels
          </text>
        </>
      ) : null}
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

interface ColumnProps {
  row: PlanRow;
  x: number;
  width: number;
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
      {outputShape && width >= leastTextWidth ? (
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
        most={scale.mostParameters.parameters}
        isLabelled={row === scale.mostParameters}
        fill={strong}
      />
      <Bar
        x={middle}
        width={width}
        baseline={bars.macs}
        value={macs}
        most={scale.mostMacs.macs}
        isLabelled={row === scale.mostMacs}
        fill={strong}
      />
      {width >= leastNumberWidth || number % 2 === 1 ? (
        <text x={middle} y={233} fill="var(--ink-soft)">
          {number}
        </text>
      ) : null}
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
  isLabelled: boolean;
  fill: string;
}

function Bar({ x, width, baseline, value, most, isLabelled, fill }: BarProps) {
  if (value === 0) return null;
  const height = Math.max(1, (bars.height * value) / most);
  const thickness = Math.max(3, Math.min(28, width - 8));
  return (
    <>
      <rect x={x - thickness / 2} y={baseline - height} width={thickness} height={height} fill={fill} />
      {isLabelled ? (
        <text x={x} y={baseline - height - 3}>
          {formatLargeCount(value)}
        </text>
      ) : null}
    </>
  );
}
