import { useState } from 'react';
import type { LabErrorData } from '../../../foundation/labError';
import type { OpenQuestion } from '../../../foundation/openQuestion';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/TextInput';
import styles from './QuestionsForm.module.css';

/** Not a value of any question: the answer is typed. */
const typed = '…';

interface Draft {
  chosen: string;
  text: string;
}

/** What a model's files leave open, with the likeliest answers chosen. One confirmation loads the same files with them. */
export function QuestionsForm({ asked }: { asked: LabErrorData }) {
  const questions = asked.questions ?? [];
  const isBusy = useIsBusy();
  const { answerQuestions, putQuestionsAway } = useLabActions();
  const [drafts, setDrafts] = useState(() =>
    Object.fromEntries(
      questions.map(({ key, choices }): [string, Draft] => [key, { chosen: choices[0]!.value, text: '' }]),
    ),
  );
  const answers = Object.fromEntries(
    Object.entries(drafts).map(([key, { chosen, text }]) => [key, chosen === typed ? text.trim() : chosen]),
  );
  const isWhole = Object.values(answers).every((answer) => answer !== '');
  return (
    <form className={styles.form} aria-labelledby="questions-title" onSubmit={(event) => event.preventDefault()}>
      <h3 id="questions-title">{String(asked.details?.file ?? 'The file')} does not say how the network is made</h3>
      <p className={styles.lead}>
        It holds weights, which fit networks that give other numbers. The likeliest answers, the first of each list, are
        chosen; the lab assumes them only when you confirm them. Take them from the code that the network was trained
        with.
      </p>
      <div className={styles.questions}>
        {questions.map((question) => (
          <Question
            key={question.key}
            question={question}
            draft={drafts[question.key]!}
            isDisabled={isBusy}
            onChange={(draft) => setDrafts({ ...drafts, [question.key]: draft })}
          />
        ))}
      </div>
      <div className={styles.actions}>
        <Button look="main" isDisabled={isBusy || !isWhole} onPress={() => void answerQuestions(answers)}>
          Confirm and load
        </Button>
        <Button isDisabled={isBusy} onPress={putQuestionsAway}>
          Do not load it
        </Button>
      </div>
    </form>
  );
}

interface QuestionProps {
  question: OpenQuestion;
  draft: Draft;
  isDisabled: boolean;
  onChange(draft: Draft): void;
}

function Question({ question: { question, choices, otherwise }, draft, isDisabled, onChange }: QuestionProps) {
  const options = [...choices, ...(otherwise ? [{ value: typed, label: 'another…' }] : [])];
  if (options.length === 1) {
    return (
      <p className={styles.only}>
        <span>{question}</span> <strong>{choices[0]!.label}</strong>
      </p>
    );
  }
  return (
    <>
      <Choice
        label={question}
        value={draft.chosen}
        options={options}
        isDisabled={isDisabled}
        onChange={(chosen) => onChange({ ...draft, chosen })}
      />
      {draft.chosen === typed ? (
        <TextInput label={`Give ${otherwise}`} value={draft.text} onChange={(text) => onChange({ ...draft, text })} />
      ) : null}
    </>
  );
}
