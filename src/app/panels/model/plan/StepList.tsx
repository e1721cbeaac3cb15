import { ListBox, ListBoxItem } from 'react-aria-components';
import { formatCount } from '../../../format/formatNumber';
import { formatLargeCount } from '../../../format/formatQuantity';
import styles from './Plan.module.css';
import { type PlanOverview, type PlanRow, shapeWords } from './planRows';

interface StepListProps {
  overview: PlanOverview;
  /** Position of the step that is being edited. */
  selected: number;
  onSelect(index: number): void;
  isDisabled: boolean;
}

/** The steps of a plan, one of them chosen. Arrow keys go from step to step. */
export function StepList({ overview, selected, onSelect, isDisabled }: StepListProps) {
  const steps = overview.rows.slice(0, -1);
  const logits = overview.rows.at(-1)!;
  return (
    <div className={styles.steps}>
      <div className={`${styles.step} ${styles.names}`} aria-hidden="true">
        <span />
        <span>Step</span>
        <span>Output</span>
        <span>Parameters</span>
        <span>MACs</span>
      </div>
      <ListBox
        aria-label="Steps of the network"
        className={styles.list}
        selectionMode="single"
        disallowEmptySelection
        disabledKeys={isDisabled ? steps.map(({ number }) => number) : []}
        selectedKeys={[selected + 1]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          if (key !== undefined) onSelect(Number(key) - 1);
        }}
      >
        {steps.map((row) => (
          <ListBoxItem
            key={row.number}
            id={row.number}
            textValue={row.label}
            aria-label={rowWords(row)}
            className={`${styles.step} ${styles.choice}`}
            data-problem={overview.problem?.step === row.number || undefined}
          >
            <StepCells row={row} />
          </ListBoxItem>
        ))}
      </ListBox>
      <div className={styles.step}>
        <StepCells row={logits} />
      </div>
    </div>
  );
}

/** A row to be read aloud. */
function rowWords({ number, label, words, outputShape, parameters, macs }: PlanRow): string {
  const setting = words === '' ? '' : `, ${words}`;
  const cost = parameters === 0 ? '' : `; ${formatCount(parameters)} parameters, ${formatCount(macs)} MACs`;
  return `${number}. ${label}${setting}: ${outputShape ? shapeWords(outputShape) : 'does not fit'}${cost}`;
}

function StepCells({ row: { number, label, words, outputShape, parameters, macs } }: { row: PlanRow }) {
  return (
    <>
      <span className={styles.place}>{number}</span>
      <span>
        {label} <span className={styles.words}>{words}</span>
      </span>
      <span className={styles.number}>{shapeWords(outputShape)}</span>
      <span className={styles.number} title={formatCount(parameters)}>
        {parameters === 0 ? '' : formatLargeCount(parameters)}
      </span>
      <span className={styles.number} title={formatCount(macs)}>
        {macs === 0 ? '' : formatLargeCount(macs)}
      </span>
    </>
  );
}
