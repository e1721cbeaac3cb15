import type { Asker } from '../foundation/openQuestion';
import { askNumber } from './checkpoints/askNumber';

const usualSizes = [224, 32, 64, 96, 128, 160, 256, 299];

/**
 * The side of the images, where the files do not say it.
 *
 * @param likeliest of the sides offered, where something tells
 * @throws LabError `config-invalid` for an answer that is no size
 */
export function askImageSize(asker: Asker, likeliest: number | null): number {
  const sizes = [...new Set([...(likeliest === null ? [] : [likeliest]), ...usualSizes])];
  return askNumber(
    asker,
    {
      key: 'image-size',
      question: 'The file does not say how large its images are. How large are they?',
      choices: sizes.map((size) => ({ value: String(size), label: `${size} × ${size} pixels` })),
      otherwise: 'a whole number of pixels from 8 to 4096',
    },
    { least: 8, most: 4096, isWhole: true },
  );
}
