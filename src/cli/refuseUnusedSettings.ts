import { LabError } from '../foundation/labError';
import type { FlagValues } from './flag';
import type { LabConfig } from './labConfig';
import { isDemo } from './loadInputs';
import type { runFlags } from './runFlags';

/**
 * Refuses settings of `lab run` that the chosen data or model leave without effect.
 * @throws LabError `config-invalid`, naming the first of them
 */
export function refuseUnusedSettings({ data, model }: LabConfig, flags: FlagValues<typeof runFlags>): void {
  const ofTheDemo = 'the data are the demo';
  const ofAFolder = 'the data are not the demo';
  const ofTheModel = 'the model is trained already, and says its image size';
  const demo = isDemo(flags.data);
  const noSize = demo ? `${ofTheDemo}; set "data.demo.imageSize"` : isReady(model) ? ofTheModel : null;
  const unused: [name: string, value: unknown, reason: string | null][] = [
    ['--image', flags.image, noSize ?? (data.imageSize === undefined ? null : '"data.imageSize" is set as well')],
    ['"data.imageSize"', data.imageSize, noSize],
    ['--fit', flags.fit, demo ? ofTheDemo : data.imageFit === undefined ? null : '"data.imageFit" is set as well'],
    ['"data.imageFit"', data.imageFit, demo ? ofTheDemo : null],
    ['--mapping', flags.mapping, demo ? ofTheDemo : mappingIsSet(data)],
    ['"data.mapping"', data.mapping, demo ? ofTheDemo : null],
    ['"data.split"', data.split, demo ? ofTheDemo : null],
    ['"data.demo"', data.demo, demo ? null : ofAFolder],
  ];
  for (const [name, value, reason] of unused) {
    if (value === undefined || reason === null) continue;
    throw new LabError({
      code: 'config-invalid',
      message: `${name} would have no effect here: ${reason}.`,
      hint: `Leave ${name} out, or choose other data or another model.`,
    });
  }
}

function mappingIsSet(data: LabConfig['data']): string | null {
  const set = (['join', 'mapping', 'split'] as const).find((part) => data[part] !== undefined);
  return set === undefined ? null : `"data.${set}" is set as well`;
}

function isReady(model: LabConfig['model']): boolean {
  return model === 'demo-baseline' || 'file' in model;
}
