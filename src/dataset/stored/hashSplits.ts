import { sha256Hex } from '../../foundation/sha256Hex';
import { type SplitName, splitNames } from '../splitName';

const digits = 16;

/**
 * Fingerprints a split, so that two runs can be seen to have used the same one: the first 16 hex digits of the SHA-256
 * over the names of each split's samples, in order, joined by line feeds.
 *
 * @param names name of each sample
 * @param splits 0 train, 1 validation, 2 test, one per sample
 */
export async function hashSplits(
  names: readonly string[],
  splits: readonly number[],
): Promise<Record<SplitName, string>> {
  const hashOf = async (split: SplitName) => {
    const code = splitNames.indexOf(split);
    return (await sha256Hex(names.filter((_, index) => splits[index] === code).join('\n'))).slice(0, digits);
  };
  return { train: await hashOf('train'), validation: await hashOf('validation'), test: await hashOf('test') };
}
