import type { Asker } from '../../foundation/openQuestion';
import { isObject } from '../files/findModelJson';
import { LayerSettings } from './layerSettings';

/** Types in which Keras computes other last digits than float32. */
const otherFloats = ['mixed_float16', 'mixed_bfloat16', 'float16', 'bfloat16', 'float64'];
/** Types of inputs. Layers that compute make floats of them. */
const wholeNumbers = ['uint8', 'int32', 'int64'];

/**
 * Checks the type that a layer computes in: a name, or a policy `{config: {name}}`. tfjs computes in float32.
 *
 * @throws LabError `model-unreadable` for quantised layers and types of other kinds
 */
export function checkPrecision(
  path: string,
  { kind, name }: { kind: string; name: string },
  given: unknown,
  asker: Asker,
): void {
  const policy = isObject(given) ? isObject(given.config) && given.config.name : (given ?? 'float32');
  const dtype = typeof policy === 'string' ? policy : 'of another kind';
  if (dtype === 'float32') return;
  if (kind === 'InputLayer' && wholeNumbers.includes(dtype)) return;
  if (!otherFloats.includes(dtype)) throw new LayerSettings(path, kind, name, { dtype: given }).refused('dtype');
  asker.ask({
    key: 'precision',
    question: `Keras computes this network in ${dtype}, the lab in float32, so that last digits differ. Is that right for you?`,
    choices: [{ value: 'float32', label: 'Compute in float32' }],
  });
}
