import { useState } from 'react';
import { Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { OpenQuestion } from '../../foundation/openQuestion';
import { Button } from './Button';
import fields from './Fields.module.css';
import styles from './QuestionForm.module.css';

interface QuestionFormProps {
  /** What they are about, in words: a file's name. */
  about: string;
  questions: readonly OpenQuestion[];
  isDisabled?: boolean;
  /** What the button says. */
  action: string;
  /** @param answers by the key of each question */
  onAnswer(answers: Record<string, string>): void;
}

/** Stands for an answer that is typed. */
const typed = ' typed';

/** What a file leaves open, to be answered before it is used. Nothing is chosen beforehand: an answer is given, not kept. */
export function QuestionForm({ about, questions, isDisabled, action, onAnswer }: QuestionFormProps) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const answerOf = (key: string) => (chosen[key] === typed ? texts[key] : chosen[key]);
  const answers = questions.map(({ key }) => [key, answerOf(key) ?? ''] as const);
  const isWhole = answers.every(([, answer]) => answer !== '');
  const usual = () => setChosen(Object.fromEntries(questions.map(({ key, choices }) => [key, choices[0]!.value])));
  return (
    <section className={styles.form} aria-label={`Questions about ${about}`}>
      <p className={styles.lead}>{about} leaves open what the numbers depend on. Nothing is guessed: say how it is.</p>
      {questions.map(({ key, question, choices, otherwise }) => (
        <RadioGroup
          key={key}
          className={styles.question}
          isDisabled={isDisabled}
          value={chosen[key] ?? null}
          onChange={(value) => setChosen({ ...chosen, [key]: value })}
        >
          <Label>{question}</Label>
          {choices.map(({ value, label }) => (
            <Choice key={value} value={value} label={label} />
          ))}
          {otherwise === undefined ? null : <Choice value={typed} label={`Something else: ${otherwise}`} />}
          {chosen[key] === typed ? (
            <TextField
              aria-label={`Answer to: ${question}`}
              value={texts[key] ?? ''}
              onChange={(text) => setTexts({ ...texts, [key]: text })}
            >
              <Input className={fields.input} />
            </TextField>
          ) : null}
        </RadioGroup>
      ))}
      <div className={styles.foot}>
        <Button look="main" isDisabled={isDisabled || !isWhole} onPress={() => onAnswer(Object.fromEntries(answers))}>
          {action}
        </Button>
        <Button look="quiet" isDisabled={isDisabled} onPress={usual}>
          Choose the first answer of each
        </Button>
      </div>
    </section>
  );
}

function Choice({ value, label }: { value: string; label: string }) {
  return (
    <Radio value={value} className={styles.choice}>
      <span className={styles.mark} aria-hidden="true" />
      <span>{label}</span>
    </Radio>
  );
}
