import type { JobResult } from '../../engine/protocol/jobMap';
import { fakeDataset, fakeRandom } from './fakeData';

/** Made-up patches: a dark disc on the skin of the sample's group. */
export function fakeThumbnails(indices: number[]): JobResult<'readThumbnails'> {
  const imageSize = 32;
  const { groups } = fakeDataset().samples;
  const pixels = new Uint8Array(indices.length * imageSize * imageSize * 3);
  indices.forEach((index, place) => {
    const random = fakeRandom(index);
    const skin = groups[index] === 0 ? [110, 75, 55] : [228, 190, 165];
    const radius = 6 + 6 * random();
    for (let pixel = 0; pixel < imageSize * imageSize; pixel += 1) {
      const isLesion = Math.hypot((pixel % imageSize) - 16, Math.floor(pixel / imageSize) - 16) < radius;
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[(place * imageSize * imageSize + pixel) * 3 + channel] = skin[channel]! * (isLesion ? 0.5 : 1);
      }
    }
  });
  return { imageSize, pixels };
}
