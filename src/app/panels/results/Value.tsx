import type { Interval } from '../../../fairness/fairnessEvaluation';
import { formatFixed, formatFull } from '../../format/formatNumber';

interface ValueProps {
  value: number | null;
  interval?: Interval | null;
  /** Set apart: the intervals of the two models do not touch and this one is the better. */
  isBetter?: boolean;
}

/** A number with its interval under it; every digit on hover. */
export function Value({ value, interval = null, isBetter = false }: ValueProps) {
  const text = formatFixed(value);
  return (
    <span
      title={
        value === null
          ? 'no number: it did not run, or the unpruned model shows no gap beyond chance'
          : formatFull(value)
      }
    >
      {isBetter ? <strong>{text}</strong> : text}
      {interval ? (
        <small>
          {formatFixed(interval.low)} to {formatFixed(interval.high)}
        </small>
      ) : null}
    </span>
  );
}
