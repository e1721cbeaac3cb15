import type { Page } from 'playwright';

/**
 * Draws distinct JPEGs in the browser: a skin-like ground with a few blots and grain, so that they compress as photos do.
 * @returns bytes of each, from a fixed seed
 */
export async function drawJpegs(page: Page, count: number, width: number, height: number): Promise<Buffer[]> {
  const jpegs: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const base64 = await page.evaluate(drawJpeg, { seed: index + 1, width, height });
    jpegs.push(Buffer.from(base64, 'base64'));
  }
  return jpegs;
}

/** Runs in the page. */
async function drawJpeg({ seed, width, height }: { seed: number; width: number; height: number }): Promise<string> {
  let state = seed * 2654435761;
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return state / 2 ** 32;
  };
  const canvas = new OffscreenCanvas(width, height);
  const surface = canvas.getContext('2d');
  if (!surface) throw new Error('no canvas');
  const light = 120 + 110 * random();
  surface.fillStyle = `rgb(${light}, ${0.8 * light}, ${0.7 * light})`;
  surface.fillRect(0, 0, width, height);
  for (let blot = 0; blot < 12; blot++) {
    surface.fillStyle = `hsla(${10 + 30 * random()}, 60%, ${10 + 60 * random()}%, 0.5)`;
    surface.beginPath();
    const [x, y] = [random() * width, random() * height];
    surface.ellipse(x, y, 20 + 90 * random(), 20 + 90 * random(), 3 * random(), 0, 7);
    surface.fill();
  }
  const image = surface.getImageData(0, 0, width, height);
  for (let at = 0; at < image.data.length; at++) if (at % 4 !== 3) image.data[at]! += 24 * random() - 12;
  surface.putImageData(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
