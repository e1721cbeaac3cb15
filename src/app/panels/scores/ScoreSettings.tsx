import { useState } from 'react';
import { describeSettings, settingInWords } from '../../../foundation/setting';
import { snnlOptionsSchema, snnlPresets } from '../../../snnl/snnlOptions';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Facts } from '../../ui/Facts';
import { Panel } from '../../ui/Panel';
import { SettingFields } from '../../ui/SettingFields';
import { Toggles } from '../../ui/Toggles';
import { LayerChoice } from '../prune/LayerChoice';
import { MemoryNote } from '../training/MemoryNote';
import { type PresetName, presetOf } from './presetOf';

const presets: { value: PresetName; label: string }[] = [
  { value: 'paper', label: 'Paper' },
  { value: 'authors-code', label: 'Authors’ code' },
  { value: 'custom', label: 'Custom' },
];

const fields = describeSettings(snnlOptionsSchema);
const always = fields.filter(({ section }) => section === undefined);
/** The choices that a preset fixes. */
const ofPreset = fields.filter(({ section }) => section !== undefined);

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
      <SettingFields
        fields={always}
        values={score}
        isDisabled={isBusy}
        onChange={(changed) => changeRun({ score: changed })}
      />
      <MemoryNote task="Scoring" batchSize={score.batchSize} isTraining={false} />
      {preset === 'custom' ? (
        <SettingFields
          fields={ofPreset}
          values={score}
          isDisabled={isBusy}
          onChange={(changed) => changeRun({ score: changed })}
        />
      ) : (
        <Facts
          facts={ofPreset.map((field) => ({
            name: field.label,
            value: settingInWords(field, score[field.name as keyof typeof score]),
          }))}
        />
      )}
    </Panel>
  );
}
