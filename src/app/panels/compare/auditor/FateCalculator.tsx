import { useState } from 'react';
import { calculateFate, type FateTexts } from '../../../../fairness/auditor/calculateFate';
import { bounds, rangeOf } from '../../../../foundation/bounds';
import { formatFull, formatNumber } from '../../../format/formatNumber';
import { Facts } from '../../../ui/Facts';
import { Note } from '../../../ui/Note';
import { NumberInput } from '../../../ui/NumberInput';
import { Panel } from '../../../ui/Panel';
import { TextInput } from '../../../ui/TextInput';
import { VerdictMark } from './VerdictMark';

const fields: { name: keyof FateTexts; label: string }[] = [
  { name: 'accuracyModel', label: 'Avg F1, model' },
  { name: 'accuracyBaseline', label: 'Avg F1, baseline' },
  { name: 'criterionModel', label: 'Gap, model' },
  { name: 'criterionBaseline', label: 'Gap, baseline' },
  { name: 'fate', label: 'FATE to check' },
];

/** One FATE from four printed numbers, with what their rounding allows. */
export function FateCalculator() {
  const [texts, setTexts] = useState<FateTexts>({
    accuracyModel: '',
    accuracyBaseline: '',
    criterionModel: '',
    criterionBaseline: '',
    fate: '',
  });
  const [lambda, setLambda] = useState(1);
  const result = calculateFate(texts, lambda);
  return (
    <Panel title="FATE calculator">
      {fields.map(({ name, label }) => (
        <TextInput
          key={name}
          label={label}
          value={texts[name]}
          onChange={(text) => setTexts({ ...texts, [name]: text })}
        />
      ))}
      <NumberInput label="λ" value={lambda} {...rangeOf(bounds.lambda)} decimals={3} onChange={setLambda} />
      {result ? (
        <>
          <Facts
            facts={[
              {
                name: 'FATE',
                value: result.value === null ? 'undefined' : formatNumber(result.value, 4),
                full: formatFull(result.value),
              },
              {
                name: 'With rounding',
                value: result.range ? `${formatNumber(result.range.low)} to ${formatNumber(result.range.high)}` : 'any',
              },
            ]}
          />
          {result.verdict ? <VerdictMark verdict={result.verdict} /> : null}
        </>
      ) : (
        <Note>
          (F1 − F1 of the baseline) / F1 of the baseline − λ (gap − gap of the baseline) / gap of the baseline.
        </Note>
      )}
    </Panel>
  );
}
