import { createRequire } from 'node:module';
import type { Browser } from '@playwright/test';
import { strFromU8 } from 'fflate';

/**
 * The logits that plain tfjs makes of an image in a page without a line of the lab's code, by the zip's own
 * preprocessing.json.
 * @param entries of the zip that the lab exported
 * @param pixels red, green and blue of every pixel, row by row
 */
export async function predictWithPlainTfjs(
  browser: Browser,
  entries: Record<string, Uint8Array>,
  pixels: readonly number[],
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
      async ({ topology, specs, weights, use, values }) => {
        // oxlint-disable-next-line typescript/no-explicit-any
        const tf = (globalThis as any).tf;
        const weightData = Uint8Array.from(weights).buffer;
        const network = await tf.loadLayersModel(
          tf.io.fromMemory({ modelTopology: topology, weightSpecs: specs, weightData }),
        );
        const { mean, std, channels, imageSize } = use;
        const input: number[] = [];
        for (let at = 0; at < values.length; at += 3) {
          const [red, green, blue] = values.slice(at, at + 3) as [number, number, number];
          const grey = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
          const given = { RGB: [red, green, blue], BGR: [blue, green, red], grey: [grey] }[channels];
          input.push(...given.map((value, channel) => (value / 255 - mean[channel]!) / std[channel]!));
        }
        const images = tf.tensor4d(input, [1, imageSize, imageSize, mean.length]);
        return Array.from((await network.predict(images).data()) as number[]);
      },
      {
        topology: model.modelTopology,
        specs: model.weightsManifest[0].weights,
        weights: [...entries['weights.bin']!],
        use: JSON.parse(strFromU8(entries['preprocessing.json']!)) as {
          mean: number[];
          std: number[];
          channels: 'RGB' | 'BGR' | 'grey';
          imageSize: number;
        },
        values: [...pixels],
      },
    );
  } finally {
    await context.close();
  }
}
