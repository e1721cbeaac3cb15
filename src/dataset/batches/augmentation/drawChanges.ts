import type { Random } from '../../../foundation/random';
import type { Movement } from './affineMap';
import type { AugmentationSettings } from './augmentation';
import { cifar10Policies, type OperationName, strengthOf } from './autoAugmentPolicies';
import { type Cutout, cutoutReach } from './cutOut';

/** What happens to one image. */
export interface Changes {
  movement: Movement;
  /** Factors; 1 leaves the image as it is. */
  brightness: number;
  saturation: number;
  /** Operations of AutoAugment, in their order. */
  operations: { name: OperationName; strength: number }[];
  cutout: Cutout;
}

/**
 * Draws what happens to one image. Per image, in this order:
 * 1. mirror x, mirror y, quarter turns, brightness, saturation: always;
 * 2. rotation, scale, shear; sub-policy, and for each of its two steps whether it is done and its place in the level;
 *    the cutout's x and y: ten numbers, drawn when any of rotation, scale, shear, AutoAugment and cutout is switched on.
 *
 * So the images that the first five settings alone give never change, and among settings with a change of the second
 * line, switching one change off leaves the others as they were.
 */
export function drawChanges(settings: AugmentationSettings, imageSize: number, random: Random): Changes {
  const either = (largest: number) => largest * (2 * random.next() - 1);
  const mirrorX = random.next() < 0.5 && settings.horizontalFlip;
  const mirrorY = random.next() < 0.5 && settings.verticalFlip;
  const drawnTurns = random.integer(4);
  const quarterTurns = settings.quarterTurns ? drawnTurns : 0;
  const brightness = 1 + either(settings.brightness);
  const saturation = 1 + either(settings.saturation);
  const still = { mirrorX, mirrorY, quarterTurns, rotationDegrees: 0, scale: 1, shearDegrees: 0 };
  const changes = { movement: still, brightness, saturation, operations: [], cutout: { x: 0, y: 0, reach: 0 } };
  if (!drawsMore(settings)) return changes;

  const rotationDegrees = either(settings.rotationDegrees);
  const scale = 1 + either(settings.scaleChangeRatio);
  const shearDegrees = either(settings.shearDegrees);
  const operations = drawOperations(random);
  const cutout = {
    x: random.integer(imageSize),
    y: random.integer(imageSize),
    reach: cutoutReach(imageSize, settings.cutoutSideRatio),
  };
  const movement = { ...still, rotationDegrees, scale, shearDegrees };
  return { ...changes, movement, operations: settings.autoAugment ? operations : [], cutout };
}

function drawsMore(settings: AugmentationSettings): boolean {
  return (
    settings.rotationDegrees > 0 ||
    settings.scaleChangeRatio > 0 ||
    settings.shearDegrees > 0 ||
    settings.autoAugment ||
    settings.cutoutSideRatio > 0
  );
}

function drawOperations(random: Random): Changes['operations'] {
  const policy = cifar10Policies[random.integer(cifar10Policies.length)]!;
  return policy.flatMap(([name, probability, level]) => {
    const isDone = random.next() < probability;
    const strength = strengthOf(name, level, random.next());
    return isDone ? [{ name, strength }] : [];
  });
}
