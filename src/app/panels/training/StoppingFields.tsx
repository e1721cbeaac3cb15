import { bounds, rangeOf } from '../../../foundation/bounds';
import { Check } from '../../ui/Check';
import { NumberInput } from '../../ui/NumberInput';
import type { SettingsProps } from './settingsProps';

/** When training ends before its last epoch. */
export function StoppingFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { earlyStopping } = settings;
  return (
    <>
      <Check
        isSelected={earlyStopping !== null}
        isDisabled={isDisabled}
        onChange={(isOn) => onChange({ earlyStopping: isOn ? { patienceEpochs: 5, minDelta: 0 } : null })}
      >
        Stop when the validation loss no longer falls, and keep the best epoch
      </Check>
      {earlyStopping ? (
        <>
          <NumberInput
            label="Patience (epochs)"
            value={earlyStopping.patienceEpochs}
            {...rangeOf(bounds.epochsOfStep)}
            isDisabled={isDisabled}
            onChange={(patienceEpochs) => onChange({ earlyStopping: { ...earlyStopping, patienceEpochs } })}
          />
          <NumberInput
            label="Least fall that counts"
            value={earlyStopping.minDelta}
            {...rangeOf(bounds.lossFall)}
            decimals={6}
            isDisabled={isDisabled}
            onChange={(minDelta) => onChange({ earlyStopping: { ...earlyStopping, minDelta } })}
          />
        </>
      ) : null}
    </>
  );
}
