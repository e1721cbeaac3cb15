import type { EpochRecord } from '../../training/trainSettings';
import { formatCount, formatFull } from '../format/formatNumber';
import { Figure } from './Figure';
import { linePath, spreadLabels } from './linePath';
import { niceAxis, wholeAxis } from './niceAxis';
import { Plot } from './Plot';
import { usePlotScales } from './usePlotScales';

/** Training and validation loss per epoch, while training runs and after. */
export function LossChart({ history, imageCount }: { history: readonly EpochRecord[]; imageCount: number | null }) {
  const losses = history.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]);
  const lastEpoch = history.reduce((last, { epoch }) => Math.max(last, epoch), 1);
  return (
    <Figure
      title="Loss while training"
      sample={
        imageCount === null
          ? `${history.length} epochs`
          : `${history.length} epochs · n = ${formatCount(imageCount)} training images`
      }
      caption="Mean cross-entropy per image. When the dashed validation line rises while the training line falls, the model is learning its images by heart."
      table={{
        columns: ['epoch', 'training loss', 'validation loss', 'validation accuracy'],
        rows: history.map(({ epoch, trainLoss, validationLoss, validationAccuracy }) => [
          epoch,
          trainLoss,
          validationLoss,
          validationAccuracy,
        ]),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          x={{ ...wholeAxis(Math.min(1, ...history.map(({ epoch }) => epoch)), lastEpoch), name: 'Epoch' }}
          y={{ ...niceAxis([0, ...losses]), name: 'Cross-entropy (nats; lower = better)' }}
          rightMargin={88}
        >
          <LossLines history={history} />
        </Plot>
      )}
    </Figure>
  );
}

function LossLines({ history }: { history: readonly EpochRecord[] }) {
  const scales = usePlotScales();
  const last = history[history.length - 1];
  if (!scales || !last) return null;
  const { area, x, y } = scales;
  const lines = [
    { key: 'trainLoss', label: 'training', colour: 'var(--ink)', dash: '' },
    { key: 'validationLoss', label: 'validation', colour: 'var(--focus)', dash: '5 3' },
  ] as const;
  const labelYs = spreadLabels(
    lines.map(({ key }) => y(last[key])),
    15,
    area.y,
    area.y + area.height,
  );
  return (
    <g>
      {lines.map(({ key, label, colour, dash }, index) => (
        <g key={key}>
          <path
            d={linePath(history.map((record) => ({ x: x(record.epoch), y: y(record[key]) })))}
            fill="none"
            stroke={colour}
            strokeWidth={1.5}
            strokeDasharray={dash}
          />
          {history.map((record) => (
            <circle key={record.epoch} cx={x(record.epoch)} cy={y(record[key])} r={2} fill={colour}>
              <title>{`epoch ${record.epoch}, ${label} loss ${formatFull(record[key])}`}</title>
            </circle>
          ))}
          <text x={x(last.epoch) + 8} y={labelYs[index]! + 4} fontSize={12} fill={colour}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}
