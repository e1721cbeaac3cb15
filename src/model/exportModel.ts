import { strToU8, zipSync } from 'fflate';
import { type NamedBytes, packModelFiles } from './files/packModelFiles';
import type { ExportFormat, LabModel } from './labModel';
import { groupInputName } from './network/groupInput';
import { exportOnnx } from './onnx/exportOnnx';
import { pixelFormula } from './preprocessing';
import { exportPyTorch } from './pytorch/exportPyTorch';
import { serializeModel } from './serializeModel';

/** Fixed, so that the same model always gives the same bytes. The earliest date a zip can hold. */
const fileTime = new Date(1980, 0, 1);

/**
 * Packs a model for use elsewhere. In the zip, besides the network itself: the class names (`labels.txt`, one a line, in the
 * order of the outputs), `preprocessing.json` and the model card.
 *
 * @param options.format `tfjs`: the standard `model.json` and `weights.bin`, which plain `loadLayersModel` reads, and the
 *   lab's own `lab.json`; `pytorch`: `model.safetensors`, and `load_model.py`, which rebuilds the module; `onnx`: `model.onnx`,
 *   and `lab.json`
 * @param options.modelCard text of `MODEL_CARD.md`
 * @param options.beside further files to pack
 * @throws LabError `export-unsupported` naming the layer that PyTorch or ONNX has no counterpart for
 */
export async function exportModel(
  model: LabModel,
  { format = 'tfjs', modelCard, beside = [] }: { format?: ExportFormat; modelCard: string; beside?: NamedBytes[] },
): Promise<Uint8Array<ArrayBuffer>> {
  const files = [...(await writeFiles(model, format)), ...beside];
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
  const texts = {
    'labels.txt': `${model.classNames.map((name) => name.replaceAll(/[\r\n]+/g, ' ')).join('\n')}\n`,
    'preprocessing.json': JSON.stringify(describeInput(model), null, 2),
    'MODEL_CARD.md': modelCard,
  };
  for (const [path, text] of Object.entries(texts)) entries[path] = strToU8(text);
  // Trained weights are noise to a compressor.
  return zipSync(entries, { level: 0, mtime: fileTime });
}

/** How pixels go in and, for a network whose second input is the group, what its numbers stand for. */
function describeInput({ preprocessing, groupInput }: LabModel): object {
  return { ...pixelFormula(preprocessing), ...(groupInput && { group: { input: groupInputName, ...groupInput } }) };
}

async function writeFiles(model: LabModel, format: ExportFormat): Promise<NamedBytes[]> {
  switch (format) {
    case 'tfjs':
      return packModelFiles(await serializeModel(model));
    case 'pytorch':
      return exportPyTorch(model);
    case 'onnx':
      return exportOnnx(model);
  }
}
