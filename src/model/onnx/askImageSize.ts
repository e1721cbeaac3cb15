import { type Asker, refuseAnswer } from '../../foundation/openQuestion';

const usualSizes = [224, 128, 64, 32];
const largest = 4096;

/** The side of the images, which the file leaves open: the one given, or the user's answer to `image-size`. */
export function askImageSize(path: string, { imageSize, asker }: { imageSize?: number; asker: Asker }): number {
  if (imageSize !== undefined) return imageSize;
  const answer = asker.ask({
    key: 'image-size',
    question: `How many pixels wide and high are the images that ${path} takes?`,
    choices: usualSizes.map((side) => ({ value: String(side), label: `${side} px` })),
    otherwise: `a whole number of pixels, at most ${largest}`,
  });
  const side = Number(answer);
  if (Number.isInteger(side) && side > 0 && side <= largest) return side;
  throw refuseAnswer('image-size', answer, `a whole number of pixels from 1 to ${largest}`);
}
