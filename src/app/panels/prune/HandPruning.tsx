import { useState } from 'react';
import { firstNumbers, writeChannelList } from '../../../model/channelNumbers';
import type { ModelSummary } from '../../../model/modelSummary';
import { formatCount } from '../../format/formatNumber';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { TextInput } from '../../ui/TextInput';
import { PrunedFrom } from '../model/PrunedFrom';
import styles from './HandPruning.module.css';
import { type HandRow, handTargets } from './handTargets';
import { PlanOfTargets } from './PlanOfTargets';
import { modeDeeds } from './pruningModeWords';
import { useTarget } from './useTarget';

/** Channels of one or several layers, chosen by hand and taken without a run. The model before stays. */
export function HandPruning({ model }: { model: ModelSummary }) {
  const isBusy = useIsBusy();
  const { mode } = useLab(({ settings }) => settings.run.pruning);
  const scores = useLab(({ stages }) => (stages.scores.status === 'done' ? stages.scores.result : null));
  const { pruneModel } = useLabActions();
  const target = useTarget();
  const prunable = model.layers.filter((layer) => layer.prunable).map(({ name }) => name);
  const [rows, setRows] = useState<HandRow[]>(target ? [{ layer: target.layer, channels: '' }] : []);
  /** An older failure of another job is none of this. */
  const [hasAsked, setAsked] = useState(false);
  const { targets, problem } = handTargets(model, rows);
  const layers = Object.keys(targets);
  const count = Object.values(targets).reduce((sum, channels) => sum + channels.length, 0);
  const change = (index: number, part: Partial<HandRow>) =>
    setRows(rows.map((row, place) => (place === index ? { ...row, ...part } : row)));
  const unused = prunable.find((name) => rows.every(({ layer }) => layer !== name));
  const lowest = (layer: string) => {
    if (scores?.layer !== layer || !target) return null;
    const numbers = firstNumbers(model, layer);
    return target.choose(scores).chosen.map((position) => numbers[position]!);
  };
  const named = `${formatCount(count)} ${count === 1 ? 'channel' : 'channels'} of ${layers.length === 1 ? layers[0] : `${layers.length} layers`}`;
  return (
    <section className={styles.hand} aria-label="Prune by hand">
      {hasAsked ? <StageError stage="model" /> : null}
      <PrunedFrom model={model} />
      <ul className={styles.rows}>
        {rows.map(({ layer, channels }, index) => {
          const left = firstNumbers(model, layer);
          const best = lowest(layer);
          return (
            // Rows have no identity but their place.
            <li key={index}>
              <Choice
                label="Layer"
                value={layer}
                options={prunable.map((value) => ({ value, label: value }))}
                isDisabled={isBusy}
                onChange={(name) => change(index, { layer: name })}
              />
              <TextInput
                label={`Channels of ${layer} (${left.length} left, ${left[0]} … ${left.at(-1)})`}
                value={channels}
                onChange={(text) => change(index, { channels: text })}
              />
              <span className={styles.buttons}>
                {best ? (
                  <Button isDisabled={isBusy} onPress={() => change(index, { channels: writeChannelList(best) })}>
                    Take the {best.length} lowest scores
                  </Button>
                ) : null}
                {rows.length > 1 ? (
                  <Button
                    look="quiet"
                    isDisabled={isBusy}
                    onPress={() => setRows(rows.filter((_, place) => place !== index))}
                    aria-label={`Leave out ${layer}`}
                  >
                    Leave out
                  </Button>
                ) : null}
              </span>
            </li>
          );
        })}
      </ul>
      <div className={styles.buttons}>
        {unused === undefined ? null : (
          <Button isDisabled={isBusy} onPress={() => setRows([...rows, { layer: unused, channels: '' }])}>
            Add a layer
          </Button>
        )}
        <Button
          look="main"
          isDisabled={isBusy || count === 0}
          onPress={() => {
            setAsked(true);
            void pruneModel(targets, mode);
          }}
        >
          {count === 0 ? 'Prune' : `Prune ${named}`}
        </Button>
      </div>
      {problem ? (
        <p role="status" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      {count > 0 ? (
        <PlanOfTargets model={model} targets={targets} mode={mode} title={`This ${modeDeeds[mode]} ${named}`} />
      ) : (
        <Note>
          Type channels such as 1, 5, 9-12. Channels keep the numbers that they had before the first pruning. The plan
          appears here before anything is changed; the model as it is stays stored, so that going back is exact.
        </Note>
      )}
    </section>
  );
}
