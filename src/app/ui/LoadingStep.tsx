import styles from './LoadingStep.module.css';
import { StepFrame } from './StepFrame';

/** Stands where a step will stand while its code is loaded. Says so only when that takes longer than a moment. */
export function LoadingStep({ title }: { title: string }) {
  return (
    <StepFrame title={title} purpose={'\u00a0'} inspector={null}>
      <p className={styles.loading}>Loading this step …</p>
    </StepFrame>
  );
}
