import { createRandom } from '../../foundation/random';
import type { DemoSettings } from '../stored/dataset';
import { lesionClasses } from './lesionClasses';

/** A Fitzpatrick skin type as the demo draws it. */
export interface SkinType {
  /** 1 (lightest) to 6 (darkest). */
  type: number;
  roman: string;
  /** Typical colour under a clinical lamp, 0 … 255. */
  colour: readonly [number, number, number];
}

const skinTypes: readonly SkinType[] = [
  { type: 1, roman: 'I', colour: [236, 201, 184] },
  { type: 2, roman: 'II', colour: [226, 184, 160] },
  { type: 3, roman: 'III', colour: [207, 162, 132] },
  { type: 4, roman: 'IV', colour: [174, 126, 95] },
  { type: 5, roman: 'V', colour: [136, 92, 67] },
  { type: 6, roman: 'VI', colour: [102, 68, 52] },
];

/** Types of group 0 (dark, unprivileged) and group 1 (light, privileged). */
const typesOfGroup: readonly [readonly SkinType[], readonly SkinType[]] = [skinTypes.slice(3), skinTypes.slice(0, 3)];

/** What one image of the demo shows. */
export interface DemoSample {
  /** Position in `lesionClasses`. */
  label: number;
  /** 0 dark, 1 light. */
  group: number;
  skin: SkinType;
}

const balancedDarkShare = 0.5;
/** Share of dark skin that bias 1 takes away. */
const darkShareLoss = 0.2;
/** Share of the lesion's contrast that bias 1 takes away on the darkest skin. */
const contrastLoss = 0.62;
const typeSteps = 5;

/**
 * Contrast of a lesion: c = 1 - 0.62 · bias · (type - 1) / 5. At bias 0 it is 1 on every skin.
 * @param bias 0 … 1
 */
export function lesionContrast(bias: number, skin: SkinType): number {
  return 1 - (contrastLoss * bias * (skin.type - 1)) / typeSteps;
}

/**
 * Decides what each image shows. The numbers are exact, not drawn: at bias 0 both groups have the same size (±1) and the
 * same class mix (±1 per class); with bias the dark group shrinks from 50 % to 30 % and its mix shifts by each class's
 * `darkSkinFactor`. Inside a class, the three skin types of a group take turns.
 *
 * @returns `settings.count` samples in seeded random order
 */
export function planDemo({ bias, count, seed }: DemoSettings): DemoSample[] {
  const dark = Math.round(count * (balancedDarkShare - darkShareLoss * bias));
  const samples = [dark, count - dark].flatMap((size, group) => {
    const weights = lesionClasses.map(({ share, darkSkinFactor }) =>
      group === 0 ? share * (1 + bias * (darkSkinFactor - 1)) : share,
    );
    const types = typesOfGroup[group]!;
    return apportion(size, weights).flatMap((members, label) =>
      Array.from(
        { length: members },
        (_, i): DemoSample => ({ label, group, skin: types[(i + label) % types.length]! }),
      ),
    );
  });
  return createRandom(seed, 'demo', 'order').shuffled(samples);
}

/** Whole numbers that sum to `total`, in proportion to the weights (largest remainder). */
function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const counts = exact.map(Math.floor);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index);
  const missing = total - counts.reduce((a, b) => a + b, 0);
  for (const { index } of byRemainder.slice(0, missing)) counts[index]! += 1;
  return counts;
}
