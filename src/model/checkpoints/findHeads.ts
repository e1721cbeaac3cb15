import type { Asker } from '../../foundation/openQuestion';
import type { Activation } from '../architectures/architecturePlan';
import { askActivation } from './askActivation';
import type { FoundModule } from './listModules';

/** Dense layers, each reading the one before; the last gives the logits. */
export type FoundHead = FoundModule[];

/**
 * The heads that read the maps of a network.
 *
 * @param linears in the order of the file
 * @param reads whether a dense layer of so many inputs can read the maps
 */
export function findHeads(linears: FoundModule[], reads: (inputs: number) => boolean): FoundHead[] {
  const heads: FoundHead[] = [];
  for (const linear of linears) {
    const [, inputs = 0] = linear.shape;
    const head = heads.at(-1);
    if (head && head.at(-1)!.shape[0] === inputs) head.push(linear);
    else if (reads(inputs)) heads.push([linear]);
  }
  return heads;
}

/** The one head, or the one that the user chooses. */
export function chooseHead(heads: FoundHead[], asker: Asker): FoundHead {
  if (heads.length === 1) return heads[0]!;
  const nameOf = (head: FoundHead) => head.at(-1)!.name;
  const name = asker.ask({
    key: 'head',
    question: 'Several dense layers give outputs. Which of them is to be used?',
    choices: heads.map((head) => ({
      value: nameOf(head),
      label: `${nameOf(head)} (${head.at(-1)!.shape[0]} classes)`,
    })),
  });
  return heads.find((head) => nameOf(head) === name)!;
}

/** The activation of a head's dense layers before the last; `none` when there are none. */
export function askHeadActivation(asker: Asker, head: readonly unknown[]): Activation {
  const key = 'head-activation';
  if (head.length > 1) return askActivation(asker, key, 'Which activation follows the dense layers before the last?');
  asker.waive(key);
  return 'none';
}
