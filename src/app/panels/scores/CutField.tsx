import { Input, Label, NumberField } from 'react-aria-components';
import { formatPercent } from '../../format/formatNumber';
import styles from './ScoreFigure.module.css';

/** The cut, typed: how many channels a round prunes, and what share that is. */
export function CutField({
  count,
  channelCount,
  onChange,
}: {
  count: number;
  channelCount: number;
  onChange(count: number): void;
}) {
  return (
    <div className={styles.field}>
      <NumberField
        value={count}
        minValue={1}
        maxValue={Math.max(1, channelCount - 1)}
        onChange={(typed) => {
          if (Number.isFinite(typed)) onChange(typed);
        }}
      >
        <Label>Channels to prune</Label>
        <Input />
      </NumberField>
      <output>= {formatPercent(count / channelCount)}</output>
    </div>
  );
}
