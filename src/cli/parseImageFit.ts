import { type ImageFit, imageFitKinds, largestFill, largestMargin, plainFits } from '../foundation/imageFit';
import { LabError } from '../foundation/labError';
import { type FlagName, type Flags, parseOneOf } from './commandLine';
import { parseWholeNumber } from './parseWholeNumber';

/** The flags that say how images of other shapes become squares. */
export const imageFitFlags = ['fit', 'fill', 'margin'] as const satisfies FlagName[];

/**
 * How images of other shapes become squares: `--fit squeeze`, `--fit pad [--fill GREY]`, `--fit crop [--margin SHARE]`.
 *
 * @returns undefined when no flag says it
 * @throws LabError `config-invalid`
 */
export function parseImageFit({ fit, fill, margin }: Flags): ImageFit | undefined {
  const kind = fit === undefined ? undefined : parseOneOf('fit', fit, imageFitKinds);
  if (fill !== undefined && kind !== 'pad') throw withoutEffect('fill', 'pad');
  if (margin !== undefined && kind !== 'crop') throw withoutEffect('margin', 'crop');
  if (kind === 'pad' && fill !== undefined) {
    return { kind, fill: parseWholeNumber('fill', fill, { least: 0, most: largestFill }) };
  }
  if (kind === 'crop' && margin !== undefined) return { kind, margin: parseMargin(margin) };
  return kind && plainFits[kind];
}

function parseMargin(text: string): number {
  const margin = text.trim() === '' ? Number.NaN : Number(text);
  if (margin >= 0 && margin <= largestMargin) return margin;
  throw new LabError({
    code: 'config-invalid',
    message: `--margin cannot be "${text}".`,
    hint: `It is the share of the shorter side that is left out: a number from 0 to ${largestMargin}, for example 0.125.`,
  });
}

function withoutEffect(flag: FlagName, kind: ImageFit['kind']): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `--${flag} would have no effect without --fit ${kind}.`,
    hint: `Add --fit ${kind}, or leave --${flag} out.`,
  });
}
