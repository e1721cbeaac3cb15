import type { Asker } from '../../foundation/openQuestion';

/** What saved a file. Keras 1 and 2 and tf.keras define their layers alike; Keras 3 and tfjs differ in some. */
export type WrittenBy = 'keras-2' | 'keras-3' | 'tfjs';

/** Reads a version as files have it: `2.12.0`, `keras v3.5.0`, `tfjs-layers 4.22.0`; null for others. */
export function readWrittenBy(version: unknown): WrittenBy | null {
  if (typeof version !== 'string') return null;
  if (/tfjs|snnl-fair-lab/i.test(version)) return 'tfjs';
  const major = /(\d+)\.\d/.exec(version)?.[1];
  if (major === undefined) return null;
  return Number(major) >= 3 ? 'keras-3' : 'keras-2';
}

/** For a layer whose definition depends on it. */
export function askWrittenBy(asker: Asker): WrittenBy {
  const choices = [
    { value: 'keras-2', label: 'Keras 2 or tf.keras' },
    { value: 'keras-3', label: 'Keras 3' },
    { value: 'tfjs', label: 'TensorFlow.js' },
  ] as const;
  const answer = asker.ask({
    key: 'saved-by',
    question: 'What saved the file? It has layers that Keras 2, Keras 3 and TensorFlow.js define differently.',
    choices,
  });
  return choices.find(({ value }) => value === answer)!.value;
}
