import type { LoadOptions } from '../engine/protocol/jobMap';
import { bounds } from '../foundation/bounds';
import { preprocessingPresetNames } from '../model/preprocessingPresetNames';
import { parseAssume } from './assumedAnswers';
import { type FlagName, type Flags, parseOneOf } from './commandLine';
import { imageFitFlags, parseImageFit } from './parseImageFit';
import { parseWholeNumber } from './parseWholeNumber';

/** The flags that say how a network is to be used, where its files do not. */
export const modelOptionFlags = [
  'assume',
  'classes',
  'image',
  'name',
  'preprocessing',
  ...imageFitFlags,
] as const satisfies FlagName[];

/** @throws LabError `config-invalid` */
export function parseModelOptions(flags: Flags): LoadOptions {
  const { assume, classes, image, name, preprocessing } = flags;
  const imageFit = parseImageFit(flags);
  return {
    ...(assume !== undefined && { answers: parseAssume(assume) }),
    ...(image !== undefined && { imageSize: parseWholeNumber('image', image, bounds.imageSize) }),
    ...(imageFit && { imageFit }),
    ...(name !== undefined && { name }),
    ...(classes !== undefined && { classNames: classes.split(',') }),
    ...(preprocessing !== undefined && {
      preprocessing: parseOneOf('preprocessing', preprocessing, preprocessingPresetNames),
    }),
  };
}
