import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { strToU8 } from 'fflate';
import type { NamedBytes } from '../model/files/packModelFiles';

/** The files that tfjs itself writes of a network: `model.json` and `weights.bin`. */
export async function saveByTfjs(network: LayersModel): Promise<NamedBytes[]> {
  const saved: io.ModelArtifacts[] = [];
  await network.save(
    io.withSaveHandler(async (artifacts) => {
      saved.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs: weights, weightData } = saved[0]!;
  const json = { modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights }] };
  return [
    { path: 'model.json', bytes: strToU8(JSON.stringify(json)) },
    { path: 'weights.bin', bytes: new Uint8Array(io.CompositeArrayBuffer.join(weightData)) },
  ];
}
