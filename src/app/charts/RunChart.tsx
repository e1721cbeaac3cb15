import { importanceLabel, subjectImportance } from '../../importance/importances';
import { formatFull, formatNumber } from '../format/formatNumber';
import { type ArmLook, armLook } from '../meaning';
import { ArmMarkShape } from './ArmMarkShape';
import { Figure } from './Figure';
import { linePath, spreadLabels } from './linePath';
import { niceAxis, wholeAxis } from './niceAxis';
import { Plot } from './Plot';
import type { ArmSeries, RunPoint } from './runRows';
import { usePlotScales } from './usePlotScales';

interface RunChartProps {
  title: string;
  sample: string;
  caption: string;
  yName: string;
  series: readonly ArmSeries[];
  /** Rounds that were planned, so that a run under way has its whole axis. */
  plannedRounds: number;
  /** Drawn as the line that stands for the unpruned model. */
  baseline: number;
  /** Where values lie by chance alone. */
  band?: readonly { round: number; low: number; high: number }[];
  bandName?: string;
  /** A further line to read values against. */
  reference?: { value: number; name: string } | null;
  /** Whether each line carries its arm's name; a second chart beside the first can leave it out. */
  isCompact?: boolean;
}

/** A value per round of every arm: lines with intervals, the baseline, the stop line, the chosen round ringed. */
export function RunChart(props: RunChartProps) {
  const {
    title,
    sample,
    caption,
    yName,
    plannedRounds,
    baseline,
    band = [],
    bandName = 'chance alone (5–95 %)',
    reference = null,
    isCompact,
  } = props;
  // An arm that has not finished a round yet has nothing to draw but the baseline that all share.
  const series = props.series.filter(({ points }) => points.length > 1);
  const points = series.flatMap((arm) => arm.points);
  const values = [
    baseline,
    reference?.value ?? null,
    ...points.flatMap(({ value, low, high }) => [value, low, high]),
    ...band.flatMap(({ low, high }) => [low, high]),
  ];
  const lastRound = Math.max(plannedRounds, ...points.map(({ round }) => round));
  const x = wholeAxis(0, lastRound);
  return (
    <Figure
      title={title}
      sample={sample}
      caption={caption}
      table={{
        columns: ['arm', 'round', 'value', 'interval low', 'interval high', 'chosen'],
        rows: series.flatMap(({ arm, points: own }) =>
          own.map(({ round, value, low, high, isChosen }) => [
            importanceLabel(arm),
            round,
            value,
            low,
            high,
            isChosen ? 'yes' : '',
          ]),
        ),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          x={{ ...x, domain: [-0.25, x.domain[1] + 0.25], name: 'Round (0 = unpruned)' }}
          y={{ ...niceAxis(values.filter((value) => value !== null)), name: yName }}
          rightMargin={isCompact ? 16 : 120}
        >
          <RunLayer {...{ series, baseline, band, bandName, reference }} hasLabels={!isCompact} />
        </Plot>
      )}
    </Figure>
  );
}

type RunLayerProps = Required<Pick<RunChartProps, 'series' | 'baseline' | 'band' | 'bandName' | 'reference'>> & {
  hasLabels: boolean;
};

function RunLayer({ series, baseline, band, bandName, reference, hasLabels }: RunLayerProps) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  const stopRound = series.find(({ arm }) => arm === subjectImportance.id)?.stopRound ?? null;
  const arms = series.map(({ arm }) => arm);
  const ends = series.map(({ points }) => points.findLast(({ value }) => value !== null));
  const [baselineLabelY = 0, ...labelYs] = spreadLabels(
    [y(baseline), ...ends.map((end) => y(end?.value ?? 0)), ...(reference ? [y(reference.value)] : [])],
    15,
    area.y,
    area.y + area.height,
  );
  const right = area.x + area.width;
  return (
    <g>
      <NoiseBand band={band} name={bandName} x={x} y={y} />
      <line x1={area.x} x2={area.x + area.width} y1={y(baseline)} y2={y(baseline)} stroke="var(--ink)" />
      <text
        x={hasLabels ? right + 8 : right}
        y={hasLabels ? baselineLabelY + 4 : y(baseline) - 5}
        textAnchor={hasLabels ? 'start' : 'end'}
        paintOrder="stroke"
        stroke="var(--paper)"
        strokeWidth={3}
        fontSize={12}
        fill="var(--ink)"
      >
        Unpruned
      </text>
      {reference ? (
        <ReferenceLine
          name={reference.name}
          left={area.x}
          right={right}
          y={y(reference.value)}
          labelY={hasLabels ? labelYs.at(-1)! : null}
        />
      ) : null}
      {stopRound === null ? null : <StopLine x={x(stopRound)} top={area.y} height={area.height} />}
      {series.map(({ arm, points }, index) => (
        <ArmLine
          key={arm}
          look={armLook(arm, arms)}
          isSubject={arm === subjectImportance.id}
          points={points}
          x={(round) => x(round) + (round === 0 ? 0 : (index - (series.length - 1) / 2) * 7)}
          y={y}
          labelY={hasLabels ? labelYs[index]! : null}
          labelX={right + 8}
        />
      ))}
    </g>
  );
}

function NoiseBand({ band, name, x, y }: { band: RunLayerProps['band']; name: string; x: Scale; y: Scale }) {
  const first = band[0];
  if (!first) return null;
  const edges =
    band.length > 1
      ? band
      : [
          { ...first, round: first.round - 0.25 },
          { ...first, round: first.round + 0.25 },
        ];
  const outline = [
    ...edges.map(({ round, high }) => ({ x: x(round), y: y(high) })),
    ...edges.toReversed().map(({ round, low }) => ({ x: x(round), y: y(low) })),
  ];
  const last = edges[edges.length - 1]!;
  return (
    <g>
      <path d={`${linePath(outline)}Z`} fill="var(--noise)" />
      <text x={x(last.round) - 4} y={y(last.high) + 13} fontSize={11} textAnchor="end" fill="var(--noise-text)">
        {name}
      </text>
    </g>
  );
}

function StopLine({ x, top, height }: { x: number; top: number; height: number }) {
  return (
    <g>
      <line x1={x} x2={x} y1={top} y2={top + height} stroke="var(--stop)" strokeDasharray="4 4" />
      <text
        x={x - 4}
        y={top + 10}
        fontSize={11}
        textAnchor="end"
        fill="var(--ink)"
        paintOrder="stroke"
        stroke="var(--paper)"
        strokeWidth={3}
      >
        stop rule
      </text>
    </g>
  );
}

interface ReferenceLineProps {
  name: string;
  left: number;
  right: number;
  y: number;
  labelY: number | null;
}

function ReferenceLine({ name, left, right, y, labelY }: ReferenceLineProps) {
  return (
    <g>
      <line x1={left} x2={right} y1={y} y2={y} stroke="var(--ink-soft)" strokeDasharray="1 4" />
      {labelY === null ? null : (
        <text x={right + 8} y={labelY + 4} fontSize={12} fill="var(--ink-soft)">
          {name}
        </text>
      )}
    </g>
  );
}

type Scale = (value: number) => number;

interface ArmLineProps {
  look: ArmLook;
  isSubject: boolean;
  points: readonly RunPoint[];
  x: Scale;
  y: Scale;
  labelX: number;
  labelY: number | null;
}

function ArmLine({ look, isSubject, points, x, y, labelX, labelY }: ArmLineProps) {
  const { colour, text, dash, label, mark } = look;
  return (
    <g>
      <path
        d={linePath(points.map(({ round, value }) => (value === null ? null : { x: x(round), y: y(value) })))}
        fill="none"
        stroke={colour}
        strokeWidth={isSubject ? 2 : 1.5}
        strokeDasharray={dash}
      />
      {points.map(({ round, value, low, high, isChosen }) =>
        value === null || round === 0 ? null : (
          <g key={round} transform={`translate(${x(round)} 0)`}>
            <title>{`${label}, round ${round}: ${formatFull(value)}${low === null ? ', no interval (no resamples were drawn, or it is undefined on too many)' : `, interval ${formatNumber(low)} to ${formatNumber(high)}`}`}</title>
            {low === null || high === null ? null : (
              <path d={`M0,${y(low)}V${y(high)}M-3,${y(low)}H3M-3,${y(high)}H3`} stroke={colour} fill="none" />
            )}
            <ArmMarkShape mark={mark} cy={y(value)} colour={colour} />
            {isChosen ? <circle cy={y(value)} r={8} fill="none" stroke={colour} strokeWidth={1.5} /> : null}
          </g>
        ),
      )}
      {labelY === null ? null : (
        <text x={labelX} y={labelY + 4} fontSize={12} fill={text}>
          {label}
        </text>
      )}
    </g>
  );
}
