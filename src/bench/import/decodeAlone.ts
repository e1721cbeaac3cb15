import type { Page } from 'playwright';

/** How long the browser takes to decode images and make them small, and nothing else, in ms an image. */
export async function decodeAlone(page: Page, jpegs: readonly Buffer[], imageSize: number): Promise<number> {
  const base64 = jpegs.map((jpeg) => jpeg.toString('base64'));
  return page.evaluate(decodeAll, { base64, imageSize, atATime: 8, rounds: 5 });
}

/** Runs in the page: the steps of `decodeImage`, eight images at a time. */
async function decodeAll(work: { base64: string[]; imageSize: number; atATime: number; rounds: number }) {
  const { base64, imageSize, atATime, rounds } = work;
  const blobs = base64.map((text) => new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]));
  const queue = Array.from({ length: rounds }, () => blobs).flat();
  const total = queue.length;
  const startMs = performance.now();
  const lane = async () => {
    for (let blob = queue.pop(); blob; blob = queue.pop()) {
      const bitmap = await createImageBitmap(blob, {
        resizeWidth: imageSize,
        resizeHeight: imageSize,
        resizeQuality: 'high',
      });
      const surface = new OffscreenCanvas(imageSize, imageSize).getContext('2d', { willReadFrequently: true });
      surface?.drawImage(bitmap, 0, 0);
      surface?.getImageData(0, 0, imageSize, imageSize);
      bitmap.close();
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return (performance.now() - startMs) / total;
}
