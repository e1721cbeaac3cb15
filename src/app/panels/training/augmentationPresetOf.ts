import type { AugmentationSettings } from '../../../dataset/batches/augmentation/augmentation';
import {
  type AugmentationPreset,
  augmentationPresets,
} from '../../../dataset/batches/augmentation/augmentationPresets';

/** The preset that these settings are, or undefined when any of them differs. */
export function augmentationPresetOf(settings: AugmentationSettings): AugmentationPreset | undefined {
  const names = Object.keys(settings) as (keyof AugmentationSettings)[];
  return augmentationPresets.find((preset) => names.every((name) => preset.settings[name] === settings[name]));
}
