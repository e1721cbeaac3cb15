import type { Asker } from '../../foundation/openQuestion';

/** What makes one number per channel of the last maps. */
export function askReduction(asker: Asker): 'average' | 'max' {
  const answer = asker.ask({
    key: 'reduction',
    question: 'What becomes of the last maps before the dense layer?',
    choices: [
      { value: 'average', label: 'the average of each map (global average pooling)' },
      { value: 'max', label: 'the maximum of each map' },
    ],
  });
  return answer === 'max' ? 'max' : 'average';
}
