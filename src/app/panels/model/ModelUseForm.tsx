import { useState } from 'react';
import type { ImageFit } from '../../../foundation/imageFit';
import type { PixelScale, Preprocessing } from '../../../model/labModel';
import type { ModelSummary } from '../../../model/modelSummary';
import { channelCount, presetOf, presetScale } from '../../../model/preprocessing';
import type { PreprocessingPreset } from '../../../model/preprocessingPresetNames';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ImageFitFields } from '../../ui/ImageFitFields';
import { Note } from '../../ui/Note';
import { TextAreaInput } from '../../ui/TextAreaInput';
import { TextInput } from '../../ui/TextInput';
import styles from './Model.module.css';
import { PixelScaleFields } from './PixelScaleFields';
import { presetOptions, workedPixels } from './preprocessingWords';

interface Draft {
  name: string;
  scale: PixelScale;
  /** Null where it is not known. */
  fit: ImageFit | null;
  /** One class a line. */
  classes: string;
}

/** How pixels go into the network, and what it and its classes are called. */
export function ModelUseForm({ model, preprocessing }: { model: ModelSummary; preprocessing: Preprocessing }) {
  const isBusy = useIsBusy();
  const data = useLab(({ stages }) => stageResult(stages.data));
  const { setModelUse } = useLabActions();
  const { imageSize, imageFit: fit = null, ...scale } = preprocessing;
  const channels = channelCount(scale);
  const saved: Draft = { name: model.name, scale, fit, classes: model.classNames.join('\n') };
  const [draft, setDraft] = useState(saved);
  const [isByHand, setByHand] = useState(presetOf(scale) === null);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const classNames = draft.classes.split('\n').map((name) => name.trim());
  const problem = classProblem(classNames, model.classNames.length);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved);
  const choose = (value: PreprocessingPreset | 'hand') => {
    setByHand(value === 'hand');
    if (value !== 'hand') change({ scale: presetScale(value, channels) });
  };
  const dataNames = data?.classNames.length === model.classNames.length ? data.classNames : null;
  const save = () =>
    setModelUse({
      ...(draft.name !== saved.name && { name: draft.name }),
      ...(JSON.stringify(draft.scale) !== JSON.stringify(saved.scale) && { preprocessing: draft.scale }),
      ...(draft.fit && JSON.stringify(draft.fit) !== JSON.stringify(saved.fit) && { imageFit: draft.fit }),
      ...(draft.classes !== saved.classes && { classNames }),
    });
  return (
    <form className={styles.form} aria-label="Input and classes" onSubmit={(event) => event.preventDefault()}>
      <div className={styles.column}>
        <TextInput label="Name" value={draft.name} onChange={(name) => change({ name })} />
        <Choice
          label="Pixels go in as"
          value={isByHand ? 'hand' : (presetOf(draft.scale) ?? 'hand')}
          options={presetOptions(channels)}
          isDisabled={isBusy}
          onChange={choose}
        />
        {isByHand ? (
          <PixelScaleFields scale={draft.scale} isDisabled={isBusy} onChange={(next) => change({ scale: next })} />
        ) : null}
        <ImageFitFields fit={draft.fit} isDisabled={isBusy} onChange={(next) => change({ fit: next })} />
        <Note>
          {workedPixels(draft.scale)} Images are {imageSize} × {imageSize} pixels. Take what the network was trained
          with: another range ruins its predictions without any error.
        </Note>
      </div>
      <div className={styles.column}>
        <TextAreaInput
          label={`Classes, one a line, in the order of the ${model.classNames.length} outputs`}
          value={draft.classes}
          rows={Math.min(10, model.classNames.length + 1)}
          isDisabled={isBusy}
          onChange={(classes) => change({ classes })}
        />
        {dataNames && dataNames.join('\n') !== draft.classes ? (
          <Button look="quiet" isDisabled={isBusy} onPress={() => change({ classes: dataNames.join('\n') })}>
            Take the names of the data’s classes
          </Button>
        ) : null}
        {problem ? (
          <p role="status" className={styles.problem}>
            {problem}
          </p>
        ) : null}
        <div className={styles.save}>
          <Button
            look="main"
            isDisabled={isBusy || !isChanged || problem !== null || draft.name.trim() === ''}
            onPress={() => void save()}
          >
            Save
          </Button>
          <Button look="quiet" isDisabled={isBusy || !isChanged} onPress={() => setDraft(saved)}>
            Undo changes
          </Button>
        </div>
        <Note>A model that a run started from stays stored as it was; the changed one is another.</Note>
      </div>
    </form>
  );
}

function classProblem(names: string[], outputs: number): string | null {
  if (names.length !== outputs) return `The network has ${outputs} outputs; there are ${names.length} lines.`;
  if (names.includes('')) return 'A line is empty.';
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? null : `Two classes are called “${twice}”.`;
}
