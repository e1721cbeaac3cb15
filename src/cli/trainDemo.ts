// npm run demo:train: trains the demo's baseline from its seed and writes it to public/demo. Always on WASM, where the
// same seed gives the same weights.
import { mkdir, writeFile } from 'node:fs/promises';
import { defaultDemoSettings } from '../dataset/dataset';
import { defaultTraining } from '../training/trainSettings';
import { openHeadlessLab } from './headlessLab';
import { createOutput } from './output';

const target = 'public/demo';
const seed = 1;

const output = createOutput(false);
const lab = await openHeadlessLab({ backend: 'wasm' });
const listener = { progress: output.progress };
try {
  const dataset = await lab.run('generateDemo', { settings: defaultDemoSettings }, { listener });
  const { model, history } = await lab.run(
    'trainModel',
    {
      datasetId: dataset.id,
      name: 'Demo baseline',
      architecture: {
        name: 'small-cnn',
        imageSize: dataset.imageSize,
        classCount: dataset.classNames.length,
        widthMultiplier: 1,
        seed,
      },
      settings: defaultTraining,
      seed,
    },
    { listener },
  );
  for (const { epoch, trainLoss, validationLoss, validationAccuracy } of history) {
    output.text(
      `epoch ${epoch}  loss ${trainLoss.toFixed(4)}  validation ${validationLoss.toFixed(4)}  accuracy ${validationAccuracy.toFixed(3)}`,
    );
  }
  const { bytes } = await lab.run('exportModel', { modelId: model.id, runId: null, format: 'tfjs' });
  await mkdir(target, { recursive: true });
  await writeFile(`${target}/baseline.zip`, new Uint8Array(bytes));
  output.text(`Wrote ${target}/baseline.zip, ${bytes.byteLength} bytes, ${model.parameters} parameters.`);
} finally {
  await lab.close();
}
