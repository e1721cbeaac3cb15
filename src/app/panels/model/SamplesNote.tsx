import { describeSamples } from '../../../model/describeSamples';
import type { ModelSummary } from '../../../model/modelSummary';
import { Note } from '../../ui/Note';
import styles from './Model.module.css';

/** Whether the network gives what the samples beside its files expect. Nothing when there were none. */
export function SamplesNote({ model }: { model: ModelSummary }) {
  const proof = model.importReport?.samples;
  if (!proof) return null;
  const text = describeSamples(proof);
  return proof.agrees ? (
    <Note>{text}</Note>
  ) : (
    <p role="status" className={styles.problem}>
      {text}
    </p>
  );
}
