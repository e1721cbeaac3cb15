import type { LoadOptions } from '../engine/protocol/jobMap';
import { preprocessingPresetNames } from '../model/preprocessingPresetNames';
import { parseAssume } from './assumedAnswers';
import { choiceFlag, type Flag, type FlagValues, listFlag, numberFlag, textFlag } from './flag';
import { imageSizeSchema } from './labConfig';
import { imageFitFlags, parseImageFit } from './parseImageFit';

/** What the file of a model leaves open. */
export const assumeOfModel: Flag<NonNullable<LoadOptions['answers']>> = {
  value: 'ANSWERS',
  help: 'what the file of a model leaves open: "activation=relu;pools=1,2,4", or usual; the questions are printed when it is left out',
  read: (text) => parseAssume(text),
};

/** The flags that say how a network is to be used, where its files do not. */
export const modelOptionFlags = {
  assume: assumeOfModel,
  classes: listFlag('A,B,C', 'what the classes are called, where the file does not say it'),
  image: numberFlag(imageSizeSchema, 'side in pixels of the images of a checkpoint, which does not say it'),
  name: textFlag('TEXT', 'what the model is called'),
  preprocessing: choiceFlag(preprocessingPresetNames, 'how pixels go in, where the file does not say it'),
  ...imageFitFlags,
};

/** @throws LabError `config-invalid` */
export function parseModelOptions(flags: FlagValues<typeof modelOptionFlags>): LoadOptions {
  const { assume, classes, image, name, preprocessing } = flags;
  const imageFit = parseImageFit(flags);
  return {
    ...(assume !== undefined && { answers: assume }),
    ...(image !== undefined && { imageSize: image }),
    ...(imageFit && { imageFit }),
    ...(name !== undefined && { name }),
    ...(classes !== undefined && { classNames: classes }),
    ...(preprocessing !== undefined && { preprocessing }),
  };
}
