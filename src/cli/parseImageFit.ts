import { fillSchema, type ImageFit, imageFitKinds, marginSchema, plainFits } from '../foundation/imageFit';
import { LabError } from '../foundation/labError';
import { choiceFlag, type FlagValues, numberFlag } from './flag';

/** The flags that say how images of other shapes become squares. */
export const imageFitFlags = {
  fit: choiceFlag(
    imageFitKinds,
    'how images of other shapes become squares: sides scaled apart (default), padded to their shape, or the middle cropped; with a model, its own when it is known',
  ),
  fill: numberFlag(fillSchema, 'grey beside padded images, from black (default) to white'),
  margin: numberFlag(marginSchema, 'share of the shorter side that is left out of cropped images (default 0)'),
};

/**
 * How images of other shapes become squares: `--fit squeeze`, `--fit pad [--fill GREY]`, `--fit crop [--margin SHARE]`.
 *
 * @returns undefined when no flag says it
 * @throws LabError `config-invalid`
 */
export function parseImageFit({ fit, fill, margin }: FlagValues<typeof imageFitFlags>): ImageFit | undefined {
  if (fill !== undefined && fit !== 'pad') throw withoutEffect('fill', 'pad');
  if (margin !== undefined && fit !== 'crop') throw withoutEffect('margin', 'crop');
  if (fit === 'pad' && fill !== undefined) return { kind: fit, fill };
  if (fit === 'crop' && margin !== undefined) return { kind: fit, margin };
  return fit && plainFits[fit];
}

function withoutEffect(flag: keyof typeof imageFitFlags, kind: ImageFit['kind']): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `--${flag} would have no effect without --fit ${kind}.`,
    hint: `Add --fit ${kind}, or leave --${flag} out.`,
  });
}
