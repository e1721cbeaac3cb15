import type { SnnlOptions } from '../../../snnl/snnlOptions';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';

interface ScoreDetailsProps {
  score: SnnlOptions;
  isDisabled: boolean;
  onChange(score: SnnlOptions): void;
}

/** The choices that a preset fixes. */
export function ScoreDetails({ score, isDisabled, onChange }: ScoreDetailsProps) {
  return (
    <>
      <Choice
        label="Distance"
        value={score.distance}
        options={[
          { value: 'squared-euclidean', label: 'squared Euclidean' },
          { value: 'cosine', label: 'cosine' },
        ]}
        isDisabled={isDisabled}
        onChange={(distance) => onChange({ ...score, distance })}
      />
      <Choice
        label="Logarithm"
        value={score.logarithm}
        options={[
          { value: 'log-sum-exp', label: 'log-sum-exp' },
          { value: 'epsilon', label: 'with epsilon' },
        ]}
        isDisabled={isDisabled}
        onChange={(logarithm) => onChange({ ...score, logarithm })}
      />
      <Choice
        label="Batches"
        value={score.batching}
        options={[
          { value: 'stratified', label: 'stratified' },
          { value: 'file-order', label: 'file order' },
        ]}
        isDisabled={isDisabled}
        onChange={(batching) => onChange({ ...score, batching })}
      />
      <Check
        isSelected={score.selfInNumerator}
        isDisabled={isDisabled}
        onChange={(selfInNumerator) => onChange({ ...score, selfInNumerator })}
      >
        Count the self pair in the numerator
      </Check>
      <Check
        isSelected={score.dropShortBatch}
        isDisabled={isDisabled}
        onChange={(dropShortBatch) => onChange({ ...score, dropShortBatch })}
      >
        Drop the last short batch
      </Check>
    </>
  );
}
