import type { LoadOptions } from '../engine/protocol/jobMap';
import { preprocessingPresetNames, presetScale } from '../model/preprocessing';
import { parseAssume } from './assumedAnswers';
import { type FlagName, type Flags, parseOneOf } from './commandLine';
import { imageSizeLimits } from './labConfig';
import { parseWholeNumber } from './parseWholeNumber';

/** The flags that say how a network is to be used, where its files do not. */
export const modelOptionFlags = ['assume', 'classes', 'image', 'name', 'preprocessing'] as const satisfies FlagName[];

/** @throws LabError `config-invalid` */
export function parseModelOptions({ assume, classes, image, name, preprocessing }: Flags): LoadOptions {
  return {
    ...(assume !== undefined && { answers: parseAssume(assume) }),
    ...(image !== undefined && { imageSize: parseWholeNumber('image', image, imageSizeLimits) }),
    ...(name !== undefined && { name }),
    ...(classes !== undefined && { classNames: classes.split(',') }),
    ...(preprocessing !== undefined && {
      preprocessing: presetScale(parseOneOf('preprocessing', preprocessing, preprocessingPresetNames)),
    }),
  };
}
