import { useLab, useLabActions } from '../store/LabProvider';
import { type StepName, stepNames } from '../store/labState';
import { stepMark } from '../store/stepMark';
import styles from './Rail.module.css';
import { stepMarks, stepTitles } from './steps';

/** The seven steps, each with its state. */
export function Rail() {
  return (
    <nav className={styles.rail} aria-label="Steps">
      <ol>
        {stepNames.map((step, index) => (
          <RailStep key={step} step={step} number={index + 1} />
        ))}
      </ol>
    </nav>
  );
}

function RailStep({ step, number }: { step: StepName; number: number }) {
  const isCurrent = useLab((state) => state.step === step);
  const mark = useLab((state) => stepMark(state, step));
  const { goTo } = useLabActions();
  const { sign, word } = stepMarks[mark];
  return (
    <li>
      <button
        type="button"
        className={styles.step}
        aria-current={isCurrent ? 'step' : undefined}
        aria-label={`${number} ${stepTitles[step]}, ${word}`}
        title={word}
        onClick={() => goTo(step)}
      >
        <span className={styles.number}>{number}</span>
        <span>{stepTitles[step]}</span>
        <span className={styles.mark} data-mark={mark}>
          {sign}
        </span>
      </button>
    </li>
  );
}
