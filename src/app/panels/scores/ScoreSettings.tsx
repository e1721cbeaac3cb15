import { useState } from 'react';
import { bounds, rangeOf } from '../../../foundation/bounds';
import { snnlPresets } from '../../../snnl/snnlOptions';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Check } from '../../ui/Check';
import { Facts } from '../../ui/Facts';
import { NumberInput } from '../../ui/NumberInput';
import { Panel } from '../../ui/Panel';
import { Toggles } from '../../ui/Toggles';
import { LayerChoice } from '../prune/LayerChoice';
import { MemoryNote } from '../training/MemoryNote';
import { type PresetName, presetOf } from './presetOf';
import { ScoreDetails } from './ScoreDetails';

const presets: { value: PresetName; label: string }[] = [
  { value: 'paper', label: 'Paper' },
  { value: 'authors-code', label: 'Authors’ code' },
  { value: 'custom', label: 'Custom' },
];

/** Every choice in the score. A change of any of them turns the preset to custom. */
export function ScoreSettings() {
  const run = useLab(({ settings }) => settings.run);
  const { changeRun } = useLabActions();
  const isBusy = useIsBusy();
  const { score } = run;
  const [isOpen, setOpen] = useState(false);
  const preset = isOpen ? 'custom' : presetOf(score);
  return (
    <Panel title="How to score">
      <Toggles
        label="Preset"
        value={preset}
        options={presets}
        isDisabled={isBusy}
        onChange={(name) => {
          setOpen(name === 'custom');
          if (name !== 'custom') changeRun({ score: snnlPresets[name] });
        }}
      />
      <LayerChoice />
      <Check
        isSelected={score.temperature === 'auto'}
        isDisabled={isBusy}
        onChange={(isAuto) => changeRun({ score: { ...score, temperature: isAuto ? 'auto' : 1 } })}
      >
        Temperature from the data (mean distance)
      </Check>
      {score.temperature === 'auto' ? null : (
        <NumberInput
          label="Temperature T"
          value={score.temperature}
          {...rangeOf(bounds.temperature, 1e-6)}
          decimals={6}
          isDisabled={isBusy}
          onChange={(temperature) => changeRun({ score: { ...score, temperature } })}
        />
      )}
      <NumberInput
        label="Batch size (images)"
        value={score.batchSize}
        {...rangeOf(bounds.scoreBatch)}
        isDisabled={isBusy}
        onChange={(batchSize) => changeRun({ score: { ...score, batchSize } })}
      />
      <MemoryNote task="Scoring" batchSize={score.batchSize} isTraining={false} />
      {preset === 'custom' ? (
        <ScoreDetails score={score} isDisabled={isBusy} onChange={(changed) => changeRun({ score: changed })} />
      ) : (
        <Facts
          facts={[
            { name: 'Distance', value: score.distance === 'cosine' ? 'cosine' : 'squared Euclidean' },
            { name: 'Self pair in numerator', value: score.selfInNumerator ? 'counted' : 'left out' },
            { name: 'Batches', value: score.batching === 'stratified' ? 'stratified by group' : 'file order' },
          ]}
        />
      )}
    </Panel>
  );
}
