import { isRunElsewhere } from '../../store/isRunElsewhere';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import styles from './PlanView.module.css';
import { roundsDone, startTime } from './runWords';

/** Runs that another tab works on: they can be watched here, and ended there. */
export function RunsElsewhere() {
  const runs = useLab(({ inventory }) => inventory.runs);
  const owned = useLab(({ elsewhere }) => elsewhere.owned);
  const shownId = useLab(({ record }) => record?.id ?? null);
  const { showRun } = useLabActions();
  const underWay = runs.filter((run) => isRunElsewhere(run, owned));
  if (underWay.length === 0) return null;
  return (
    <section className={styles.runs} aria-label="Runs in other tabs">
      <ul>
        {underWay.map((run) => (
          <li key={run.id}>
            <span>
              Run of {startTime(run)} on {run.dataset.name} is running in another tab: {roundsDone(run)}. It can be
              cancelled there.
            </span>
            {run.id === shownId ? null : (
              <Button onPress={() => void showRun(run.id)} aria-label={`Watch the run of ${startTime(run)}`}>
                Watch
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
