import { join } from 'node:path';
import type { JobParams } from '../engine/protocol/jobMap';
import type { OpenLab } from './openLab';
import type { Output } from './output';
import { writeOutput } from './writeOutput';

/** Exports a model into the folder for results and says where it is. */
export async function writeModel(
  lab: OpenLab,
  params: JobParams<'exportModel'>,
  out: string,
  output: Output,
): Promise<void> {
  const { fileName, bytes } = await lab.run('exportModel', params);
  await writeOutput(out, fileName, new Uint8Array(bytes));
  const path = join(out, fileName);
  output.event({ kind: 'written', path, format: params.format });
  output.text(`Written: ${path}`);
}
