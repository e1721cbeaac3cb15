import { strToU8, zipSync } from 'fflate';
import { packModelFiles } from './files/packModelFiles';
import type { LabModel } from './labModel';
import { serializeModel } from './serializeModel';

/** Fixed, so that the same model always gives the same bytes. The earliest date a zip can hold. */
const fileTime = new Date(1980, 0, 1);

/**
 * Packs a model for use elsewhere: a zip with the standard `model.json` and `weights.bin`, the class names
 * (`labels.txt`, one a line, in the order of the outputs), `preprocessing.json`, the model card and the lab's own
 * `lab.json`. Plain `loadLayersModel` reads the first two.
 *
 * @param options.modelCard text of `MODEL_CARD.md`
 */
export async function exportModel(
  model: LabModel,
  { modelCard }: { modelCard: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const files = packModelFiles(await serializeModel(model));
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
  const texts = {
    'labels.txt': `${model.classNames.join('\n')}\n`,
    'preprocessing.json': JSON.stringify(
      { formula: '(pixel / 255 - mean) / std', channels: 'RGB', ...model.preprocessing },
      null,
      2,
    ),
    'MODEL_CARD.md': modelCard,
  };
  for (const [path, text] of Object.entries(texts)) entries[path] = strToU8(text);
  // Trained weights are noise to a compressor.
  return zipSync(entries, { level: 0, mtime: fileTime });
}
