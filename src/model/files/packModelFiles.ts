import { strToU8 } from 'fflate';
import { labVersion } from '../../foundation/version';
import type { SerializedModel } from '../labModel';
import { expandGroupLayers } from './expandGroupLayers';
import { makeManifest } from './modelManifest';

/** A file by its path, in memory. */
export interface NamedBytes {
  path: string;
  bytes: Uint8Array;
}

/**
 * A model in the standard format of tfjs layers models (`model.json`, `weights.bin`), which `loadLayersModel` reads as
 * it is, and beside it `lab.json` with what only the lab knows. A network that takes the group has it as its second input there, too.
 */
export function packModelFiles(model: SerializedModel): NamedBytes[] {
  const { topology, weightSpecs, weights } = expandGroupLayers(model);
  const standard = {
    format: 'layers-model',
    generatedBy: `snnl-fair-lab ${labVersion}`,
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  };
  return [
    { path: 'weights.bin', bytes: new Uint8Array(weights) },
    { path: 'model.json', bytes: strToU8(JSON.stringify(standard)) },
    { path: 'lab.json', bytes: strToU8(JSON.stringify(makeManifest(model), null, 2)) },
  ];
}
