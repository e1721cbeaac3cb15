import { LabError } from '../../foundation/labError';

/** The positions of the demo's dial: a network was trained on the demo at each of them. */
export const demoPositions: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/**
 * Name of the file of the network that was trained on the demo at this bias.
 * @throws LabError `config-invalid` where none was trained: a network from another bias would be another experiment
 */
export function demoBaselineFile(bias: number): string {
  if (demoPositions.includes(bias)) return `baseline-${bias}.zip`;
  throw new LabError({
    code: 'config-invalid',
    message: `There is no trained network for the demo at bias ${bias}: there is one each for ${demoPositions.join(', ')}.`,
    hint: 'Take one of these positions, or train a network on these data.',
    details: { bias },
  });
}
