import { describeTrainingData, matchTrainingData } from '../../recipe/describeTrainingData';
import { useOutsideRequests } from '../hooks/useOutsideRequests';
import { useTheme } from '../hooks/useTheme';
import { useLab } from '../store/LabProvider';
import { stageResult } from '../store/stage';
import { BackendBadge } from './BackendBadge';
import styles from './TopBar.module.css';

/** What is open, what it is computed on, and that nothing leaves the machine. */
export function TopBar() {
  const dataset = useLab(({ stages }) => stageResult(stages.data)?.name ?? null);
  const model = useLab(({ stages }) => stageResult(stages.model)?.name ?? null);
  const strangeness = useLab(({ stages }) => {
    const [data, net] = [stageResult(stages.data), stageResult(stages.model)];
    return data && net && matchTrainingData(net, data) === 'other' ? describeTrainingData(net, data) : null;
  });
  const outsideRequests = useOutsideRequests();
  const [theme, setTheme] = useTheme();
  const nextTheme = theme === 'light' ? 'dark' : 'light';
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>SNNL-Fair Lab</h1>
      <dl className={styles.open}>
        <div>
          <dt>Dataset</dt>
          <dd>{dataset ?? 'none yet'}</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd>{model ?? 'none yet'}</dd>
        </div>
        {strangeness ? (
          <div title={strangeness}>
            <dt className="visually-hidden">Trained on</dt>
            <dd className={styles.strange}>trained on other data</dd>
          </div>
        ) : null}
      </dl>
      <BackendBadge />
      <span
        className={styles.requests}
        data-alarm={outsideRequests > 0 || undefined}
        title="How many resources this page has asked for from anywhere but its own server. Your images stay on this machine."
      >
        Outside requests <strong>{outsideRequests}</strong>
      </span>
      <button type="button" className={styles.theme} onClick={() => setTheme(nextTheme)}>
        {nextTheme === 'dark' ? 'Dark theme' : 'Light theme'}
      </button>
    </header>
  );
}
