import type { ModelId } from '../../../foundation/ids';
import type { MethodDescription } from '../../../methods/methodDescription';
import type { MethodChoice } from '../../../model/labModel';
import type { ModelSummary } from '../../../model/modelSummary';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { Section } from '../../ui/Section';
import { SettingFields } from '../../ui/SettingFields';
import styles from './Model.module.css';

interface MethodFormProps {
  /** Every method that the engine has; empty until it is ready. */
  methods: readonly MethodDescription[];
  /** Null: the engine's first. */
  chosen: MethodChoice | null;
  /** Stored models, one of which can be the teacher. */
  models: readonly ModelSummary[];
  isDisabled: boolean;
  onChange(method: MethodChoice): void;
}

/** By which method a network is trained, with what the method needs and where it comes from. */
export function MethodForm({ methods, chosen, models, isDisabled, onChange }: MethodFormProps) {
  const method = methods.find(({ id }) => id === chosen?.id) ?? methods[0];
  if (!method) return null;
  const choice = chosen ?? { id: method.id, settings: {} };
  return (
    <>
      <Choice
        label="Method"
        value={method.id}
        options={methods.map(({ id, label }) => ({ value: id, label }))}
        isDisabled={isDisabled}
        onChange={(id) => onChange({ id, settings: {} })}
      />
      <Note>
        {method.meaning}
        {method.needsGroup ? ' Prediction needs to know the group of every image.' : ''}
      </Note>
      <SettingFields
        fields={method.settings}
        values={choice.settings}
        isDisabled={isDisabled}
        onChange={(settings) => onChange({ ...choice, settings })}
      />
      {method.needsTeacher ? (
        <TeacherChoice choice={choice} models={models} isDisabled={isDisabled} onChange={onChange} />
      ) : null}
      <Section title="About the method" summary="Formula, source, how it differs">
        <p className={styles.formula}>{method.formula}</p>
        <Note>{method.source.publication}</Note>
        <Note>{method.source.code === null ? 'No code was released.' : `Code: ${method.source.code}.`}</Note>
        {[...method.source.differences, ...method.source.unknown].map((sentence) => (
          <Note key={sentence}>{sentence}</Note>
        ))}
      </Section>
    </>
  );
}

function TeacherChoice({
  choice,
  models,
  isDisabled,
  onChange,
}: Pick<MethodFormProps, 'models' | 'isDisabled' | 'onChange'> & { choice: MethodChoice }) {
  if (models.length === 0) return <Note>It compares with a trained network: train or load one first.</Note>;
  return (
    <Choice
      label="Teacher"
      value={choice.teacherId ?? ''}
      options={[
        ...(choice.teacherId ? [] : [{ value: '', label: 'choose a model' }]),
        ...models.map(({ id, name }) => ({ value: id as string, label: name })),
      ]}
      isDisabled={isDisabled}
      onChange={(id) => {
        if (id !== '') onChange({ ...choice, teacherId: id as ModelId });
      }}
    />
  );
}
