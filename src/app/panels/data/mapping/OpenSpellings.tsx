import type { DatasetMapping } from '../../../../dataset/mapping/datasetMapping';
import type { MappingPreview } from '../../../../dataset/mapping/mappedSamples';
import { Button } from '../../../ui/Button';
import { Note } from '../../../ui/Note';
import { QuestionForm } from '../../../ui/QuestionForm';

interface OpenSpellingsProps {
  /** Null while nothing is counted yet. */
  preview: MappingPreview | null;
  /** What the questions are about, in words. */
  about: string;
  answers: DatasetMapping['answers'];
  onAnswer(answers: Record<string, string>): void;
}

/** Which spellings mean the same: to be said before the mapping is used. What was said is in view, and can be taken back. */
export function OpenSpellings({ preview, about, answers, onAnswer }: OpenSpellingsProps) {
  const questions = preview?.problem?.questions;
  const given = typeof answers === 'object' ? answers : {};
  if (questions) {
    return (
      <QuestionForm
        key={questions.map(({ key }) => key).join()}
        about={about}
        questions={questions}
        action="Use these answers"
        onAnswer={(answered) => onAnswer({ ...given, ...answered })}
      />
    );
  }
  const answered = preview?.answered ?? [];
  if (answered.length === 0) return null;
  return (
    <div>
      {answered.map(({ key, label }) => (
        <Note key={key}>
          {key.replace(/^spelling:/, 'Spellings in ')}: {label}
        </Note>
      ))}
      <Button look="quiet" onPress={() => onAnswer({})}>
        Ask again
      </Button>
    </div>
  );
}
