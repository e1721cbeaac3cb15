import type { Bound } from '../foundation/bounds';
import { LabError } from '../foundation/labError';
import type { FlagName } from './commandLine';

/**
 * Reads a flag's whole number.
 * @throws LabError `config-invalid` for anything but a whole number within the bound
 */
export function parseWholeNumber(flag: FlagName, text: string, { least, most }: Pick<Bound, 'least' | 'most'>): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new LabError({
    code: 'config-invalid',
    message: `--${flag} ${text} is no whole number from ${least} to ${most}.`,
    hint: `Correct --${flag}, or leave it out.`,
    details: { flag, given: text },
  });
}
