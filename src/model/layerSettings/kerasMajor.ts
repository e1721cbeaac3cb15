import type { Asker } from '../../foundation/openQuestion';

/** Keras 1 and 2, tf.keras and tfjs define their layers alike; Keras 3 differs in some. */
export type KerasMajor = 2 | 3;

/** Reads a version as files have it: `2.12.0`, `keras v3.5.0`, `tfjs-layers 4.22.0`; null for others. */
export function readKerasMajor(version: unknown): KerasMajor | null {
  if (typeof version !== 'string') return null;
  if (/tfjs|snnl-fair-lab/i.test(version)) return 2;
  const major = /(\d+)\.\d/.exec(version)?.[1];
  if (major === undefined) return null;
  return Number(major) >= 3 ? 3 : 2;
}

/** For a layer whose definition has changed from Keras 2 to Keras 3. */
export function askKerasMajor(asker: Asker): KerasMajor {
  const answer = asker.ask({
    key: 'keras-version',
    question: 'Which version of Keras saved the file? Its hard_sigmoid differs between them.',
    choices: [
      { value: '2', label: 'Keras 2, tf.keras or TensorFlow.js' },
      { value: '3', label: 'Keras 3' },
    ],
  });
  return answer === '3' ? 3 : 2;
}
