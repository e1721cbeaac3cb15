import { formatFull, formatNumber } from '../../format/formatNumber';
import { armLook } from '../../meaning';
import { ArmMarkShape } from '../ArmMarkShape';
import { Figure } from '../Figure';
import { linePath, spreadLabels } from '../linePath';
import { niceAxis } from '../niceAxis';
import { Plot } from '../Plot';
import { usePlotScales } from '../usePlotScales';
import type { ParetoPoint } from './paretoRows';

interface ParetoChartProps {
  title: string;
  sample: string;
  gapName: string;
  points: readonly ParetoPoint[];
}

const unprunedLook = { label: 'Unpruned', colour: 'var(--ink)', text: 'var(--ink)', mark: 'square' as const };

/** The look of each arm of a figure, or of the unpruned model. */
function looksOf(points: readonly ParetoPoint[]) {
  const arms = points.flatMap(({ arm }) => (arm === null ? [] : [arm]));
  return (arm: ParetoPoint['arm']) => (arm === null ? unprunedLook : armLook(arm, arms));
}

/** Every model of the runs by Avg F1 and gap: the best are at the upper left, the front is stepped. */
export function ParetoChart({ title, sample, gapName, points }: ParetoChartProps) {
  const xs = points.flatMap(({ gap, gapInterval }) => [gap, gapInterval?.low ?? gap, gapInterval?.high ?? gap]);
  const lookOf = looksOf(points);
  const isMarked = points.some(({ origin }) => origin !== '');
  const ys = points.flatMap(({ f1, f1Interval }) => [f1, f1Interval?.low ?? f1, f1Interval?.high ?? f1]);
  return (
    <Figure
      title={title}
      sample={sample}
      caption="Upper left is better: more accurate, smaller gap. The line joins the models that no other one beats in both; thin lines are intervals, and where they overlap the order can be chance. Chosen rounds are ringed."
      table={{
        columns: ['run', 'arm', 'round', 'Avg F1', gapName, 'on the front', 'chosen', ...(isMarked ? ['origin'] : [])],
        rows: points.map(({ run, arm, round, f1, gap, isOnFront, isChosen, origin }) => [
          run,
          lookOf(arm).label,
          round,
          f1,
          gap,
          isOnFront ? 'yes' : '',
          isChosen ? 'yes' : '',
          ...(isMarked ? [origin] : []),
        ]),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          rightMargin={144}
          x={{ ...niceAxis(xs), name: `${gapName} (no unit; lower = groups closer)` }}
          y={{ ...niceAxis(ys), name: 'Avg F1 (no unit; higher is better)' }}
        >
          <ParetoLayer points={points} />
        </Plot>
      )}
    </Figure>
  );
}

function ParetoLayer({ points }: { points: readonly ParetoPoint[] }) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  const lookOf = looksOf(points);
  const front = points.filter(({ isOnFront }) => isOnFront).toSorted((a, b) => a.gap - b.gap);
  const steps = front.flatMap(({ gap, f1 }, index) => {
    const before = front[index - 1];
    return [...(before ? [{ x: x(gap), y: y(before.f1) }] : []), { x: x(gap), y: y(f1) }];
  });
  const arms = [...new Set(points.map(({ arm }) => arm))];
  const labelYs = spreadLabels(
    arms.map((_, index) => area.y + 10 + index * 18),
    18,
    area.y,
    area.y + area.height,
  );
  return (
    <g>
      <path d={linePath(steps)} fill="none" stroke="var(--line-strong)" strokeWidth={1.5} />
      {points.map(({ run, arm, round, f1, gap, f1Interval, gapInterval, isChosen, origin }) => {
        const { colour, mark, label } = lookOf(arm);
        return (
          <g key={`${run}/${arm}/${round}`} transform={`translate(${x(gap)} ${y(f1)})`}>
            <title>{`${label}, round ${round}: Avg F1 ${formatFull(f1)}, gap ${formatFull(gap)}${gapInterval ? `, interval ${formatNumber(gapInterval.low)} to ${formatNumber(gapInterval.high)}` : ''}${origin === '' ? '' : `, ${origin}`}`}</title>
            <path
              d={`${gapInterval ? `M${x(gapInterval.low) - x(gap)},0H${x(gapInterval.high) - x(gap)}` : ''}${f1Interval ? `M0,${y(f1Interval.low) - y(f1)}V${y(f1Interval.high) - y(f1)}` : ''}`}
              stroke={colour}
              strokeOpacity={0.35}
              fill="none"
            />
            <ArmMarkShape mark={mark} cy={0} colour={colour} />
            {isChosen ? <circle r={8} fill="none" stroke={colour} strokeWidth={1.5} /> : null}
          </g>
        );
      })}
      {arms.map((arm, index) => {
        const { colour, text, mark, label } = lookOf(arm);
        return (
          <g key={label} transform={`translate(${area.x + area.width + 14} ${labelYs[index]!})`}>
            <ArmMarkShape mark={mark} cy={0} colour={colour} />
            <text x={10} y={4} fontSize={12} fill={text}>
              {label}
            </text>
          </g>
        );
      })}
    </g>
  );
}
