import { bounds, rangeOf } from '../../../foundation/bounds';
import { describeImportance, importanceIds, listImportances, subjectImportance } from '../../../importance/importances';
import type { RunConfig } from '../../../recipe/runConfig';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import { Panel } from '../../ui/Panel';
import { Section } from '../../ui/Section';
import { criteria } from '../results/criterionNames';
import { MemoryNote } from '../training/MemoryNote';
import { TrainingSettings } from '../training/TrainingSettings';
import { LayerChoice } from './LayerChoice';
import { modeChoices, modeMeanings } from './pruningModeWords';

const roundings: { value: RunConfig['pruning']['rounding']; label: string }[] = [
  { value: 'half-up', label: 'half up' },
  { value: 'floor', label: 'down' },
  { value: 'ceil', label: 'up' },
  { value: 'of-original', label: 'of channels at start' },
];

/** Everything that decides a run. */
export function PruneSettings() {
  const run = useLab(({ settings }) => settings.run);
  const { changeRun } = useLabActions();
  const isBusy = useIsBusy();
  const { pruning, fineTune, arms } = run;
  const setPruning = (change: Partial<RunConfig['pruning']>) => changeRun({ pruning: { ...pruning, ...change } });
  const importances = listImportances();
  const number = { isDisabled: isBusy };
  return (
    <>
      <Panel title="What to prune">
        <NumberInput
          {...number}
          label="Share per round, pr_c (%)"
          value={pruning.ratio * 100}
          min={0.01}
          max={99}
          decimals={2}
          onChange={(percent) => setPruning({ ratio: percent / 100 })}
        />
        <Choice
          label="Rounding"
          value={pruning.rounding}
          options={roundings}
          isDisabled={isBusy}
          onChange={(rounding) => setPruning({ rounding })}
        />
        <LayerChoice />
        <Choice
          label="What becomes of the channels"
          value={pruning.mode}
          options={modeChoices}
          isDisabled={isBusy}
          onChange={(mode) => setPruning({ mode })}
        />
        <Note>{modeMeanings[pruning.mode]}</Note>
        <NumberInput
          {...number}
          label="Rounds"
          value={pruning.rounds}
          {...rangeOf(bounds.rounds)}
          onChange={(rounds) => setPruning({ rounds })}
        />
      </Panel>
      <Panel title="When to stop">
        <Choice
          label="Criterion"
          value={pruning.criterion}
          options={criteria}
          isDisabled={isBusy}
          onChange={(criterion) => setPruning({ criterion })}
        />
        <NumberInput
          {...number}
          label="Largest fall of Avg F1, th_acc"
          value={pruning.maxAccuracyDrop}
          {...rangeOf(bounds.accuracyDrop)}
          decimals={4}
          onChange={(maxAccuracyDrop) => setPruning({ maxAccuracyDrop })}
        />
        <NumberInput
          {...number}
          label="Least fall of the criterion, th_fair"
          value={pruning.minFairnessGain}
          {...rangeOf(bounds.fairnessGain)}
          decimals={4}
          onChange={(minFairnessGain) => setPruning({ minFairnessGain })}
        />
        <Check
          isSelected={pruning.continuePastStop}
          isDisabled={isBusy}
          onChange={(continuePastStop) => setPruning({ continuePastStop })}
        >
          Run on past the stop and mark it
        </Check>
      </Panel>
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
          {...number}
          label="Seed"
          {...rangeOf(bounds.seed)}
          value={run.seed}
          onChange={(seed) => changeRun({ seed })}
        />
      </Panel>
      <Panel title="Arms">
        {importances.map(({ id, label }) => (
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
          isDisabled={isBusy || arms.length === importances.length}
          onPress={() => changeRun({ arms: importanceIds() })}
        >
          All arms
        </Button>
        <Section title="What they rank by" summary={`${importances.length} arms`}>
          {importances.map(({ id, ...importance }) => (
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
  return importanceIds().filter((name) => (name === arm ? isOn : arms.includes(name)));
}
