import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Download } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { PNG } from 'pngjs';

/** A download, as it is and unpacked. */
export async function unzip(
  download: Promise<Download>,
): Promise<{ buffer: Buffer; entries: Record<string, Uint8Array> }> {
  const buffer = await readFile(await (await download).path());
  return { buffer, entries: unzipSync(new Uint8Array(buffer)) };
}

/** An image with every colour different at every pixel, of the network's size: decoding changes nothing. */
export function testImage(side: number): { png: Buffer; pixels: number[] } {
  const png = new PNG({ width: side, height: side });
  const pixels: number[] = [];
  for (let pixel = 0; pixel < side * side; pixel++) {
    const colour = [(pixel * 7) % 256, (pixel * 13 + 40) % 256, (pixel * 29 + 90) % 256];
    png.data.set([...colour, 255], 4 * pixel);
    pixels.push(...colour);
  }
  return { png: PNG.sync.write(png), pixels };
}

/**
 * The outputs that plain tfjs makes of an image in a page without a line of the lab's code.
 *
 * @param entries `model.json`, `weights.bin` and `preprocessing.json`, as the lab exports them
 */
export async function predictElsewhere(
  browser: Browser,
  entries: Record<string, Uint8Array>,
  { pixels, side }: { pixels: number[]; side: number },
): Promise<number[]> {
  const require = createRequire(import.meta.url);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    for (const file of [
      'tfjs-core/dist/tf-core.min.js',
      'tfjs-layers/dist/tf-layers.min.js',
      'tfjs-backend-cpu/dist/tf-backend-cpu.min.js',
    ])
      await page.addScriptTag({ path: require.resolve(`@tensorflow/${file}`) });
    const model = JSON.parse(strFromU8(entries['model.json']!)) as {
      modelTopology: unknown;
      weightsManifest: [{ weights: unknown }];
    };
    return await page.evaluate(
      async ({ topology, specs, weights, preprocessing, values, size }) => {
        // oxlint-disable-next-line typescript/no-explicit-any
        const tf = (globalThis as any).tf;
        const weightData = Uint8Array.from(weights).buffer;
        const network = await tf.loadLayersModel(
          tf.io.fromMemory({ modelTopology: topology, weightSpecs: specs, weightData }),
        );
        const { mean, std, channels } = preprocessing as { mean: number[]; std: number[]; channels: string };
        const input: number[] = [];
        for (let at = 0; at < values.length; at += 3) {
          const [red, green, blue] = values.slice(at, at + 3) as [number, number, number];
          const grey = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
          const given = channels === 'grey' ? [grey] : channels === 'BGR' ? [blue, green, red] : [red, green, blue];
          input.push(...given.map((value, channel) => (value / 255 - mean[channel]!) / std[channel]!));
        }
        const images = tf.tensor4d(input, [1, size, size, mean.length]);
        return Array.from((await network.predict(images).data()) as number[]);
      },
      {
        topology: model.modelTopology,
        specs: model.weightsManifest[0].weights,
        weights: [...entries['weights.bin']!],
        preprocessing: JSON.parse(strFromU8(entries['preprocessing.json']!)) as unknown,
        values: pixels,
        size: side,
      },
    );
  } finally {
    await context.close();
  }
}
