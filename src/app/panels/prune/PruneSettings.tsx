import { bounds, rangeOf } from '../../../foundation/bounds';
import { describeSettings, settingSections } from '../../../foundation/setting';
import { describeImportance, importances, subjectImportance } from '../../../importance/importances';
import { pruningSchema } from '../../../recipe/pruningSettings';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import { Panel } from '../../ui/Panel';
import { Section } from '../../ui/Section';
import { SettingFields } from '../../ui/SettingFields';
import { MemoryNote } from '../training/MemoryNote';
import { TrainingSettings } from '../training/TrainingSettings';
import { LayerChoice } from './LayerChoice';

const sections = settingSections(describeSettings(pruningSchema));

/** Everything that decides a run. */
export function PruneSettings() {
  const run = useLab(({ settings }) => settings.run);
  const { changeRun } = useLabActions();
  const isBusy = useIsBusy();
  const { pruning, fineTune, arms } = run;
  const offered = importances.list();
  return (
    <>
      {sections.map(({ title, fields }, index) => (
        <Panel key={title} title={title}>
          {index === 0 ? <LayerChoice /> : null}
          <SettingFields
            fields={fields}
            values={pruning}
            isDisabled={isBusy}
            onChange={(changed) => changeRun({ pruning: changed })}
          />
        </Panel>
      ))}
      <Panel title="Fine-tuning">
        <TrainingSettings
          settings={fineTune}
          epochsLabel="Epochs per round"
          leastEpochs={0}
          isDisabled={isBusy}
          onChange={(change) => changeRun({ fineTune: { ...fineTune, ...change } })}
        />
        {fineTune.epochs > 0 ? <MemoryNote task="Fine-tuning" batchSize={fineTune.batchSize} isTraining /> : null}
        <NumberInput
          isDisabled={isBusy}
          label="Seed"
          {...rangeOf(bounds.seed)}
          value={run.seed}
          onChange={(seed) => changeRun({ seed })}
        />
      </Panel>
      <Panel title="Arms">
        {offered.map(({ id, label }) => (
          <Check
            key={id}
            isSelected={arms.includes(id)}
            isDisabled={isBusy || id === subjectImportance.id}
            onChange={(isOn) => changeRun({ arms: withArm(arms, id, isOn) })}
          >
            {label}
          </Check>
        ))}
        <Button
          isDisabled={isBusy || arms.length === offered.length}
          onPress={() => changeRun({ arms: importances.ids() })}
        >
          All arms
        </Button>
        <Section title="What they rank by" summary={`${offered.length} arms`}>
          {offered.map(({ id, ...importance }) => (
            <Note key={id}>
              {importance.label}: {describeImportance(importance)} {importance.source}
            </Note>
          ))}
        </Section>
        <Note>
          The other arms are controls: same seed, same epochs. A gain that they show too does not come from the scores.
        </Note>
      </Panel>
    </>
  );
}

/** The arms in their fixed order, with one switched. */
function withArm(arms: readonly string[], arm: string, isOn: boolean): string[] {
  return importances.ids().filter((name) => (name === arm ? isOn : arms.includes(name)));
}
