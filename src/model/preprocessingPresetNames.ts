/** The usual ways to feed pixels (0 … 255) to a network, by name: see `preprocessing.ts`. */
export const preprocessingPresetNames = ['unit', 'symmetric', 'bytes', 'imagenet', 'caffe', 'lab'] as const;
export type PreprocessingPreset = (typeof preprocessingPresetNames)[number];
