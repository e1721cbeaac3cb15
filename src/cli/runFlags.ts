import { dataFlags } from './dataFlags';
import { numberFlag, required, switchFlag, textFlag } from './flag';
import { imageSizeSchema } from './labConfig';
import { imageFitFlags } from './parseImageFit';
import { seedsFlag } from './seeds/seedsFlag';

/** Side of stored images when neither the settings, the flags nor a ready model say one. */
export const defaultImageSize = 64;

/** The flags of `lab run`. */
export const runFlags = {
  ...dataFlags,
  out: required(
    textFlag('DIR', 'folder for the results'),
    'Name the folder for the results, for example --out out/demo.',
  ),
  resume: switchFlag('goes on with the interrupted run whose record --out holds, where there is one'),
  seeds: seedsFlag,
  image: numberFlag(
    imageSizeSchema,
    `side of the stored images in pixels, when a model is trained on a folder (default ${defaultImageSize})`,
  ),
  ...imageFitFlags,
};
