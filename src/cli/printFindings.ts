import type { DatasetManifest } from '../dataset/stored/dataset';
import type { Output } from './output';

const examplesShown = 3;

/** Says what an import left out or noticed: without it, numbers of fewer images would pass for numbers of all. */
export function printFindings({ id, name, findings }: DatasetManifest, output: Output): void {
  output.event({ kind: 'dataset', id, name, findings });
  for (const { message, count, examples } of findings) {
    const shown = examples.slice(0, examplesShown).join(', ');
    const more = count > examplesShown ? ', …' : '';
    output.line(shown === '' ? message : `${message} (${shown}${more})`);
  }
}
