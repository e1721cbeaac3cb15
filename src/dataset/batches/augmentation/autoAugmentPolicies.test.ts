import { describe, expect, it } from 'vitest';
import { cifar10Policies, strengthOf, strengthRanges } from './autoAugmentPolicies';

/** The list as others have published it (github.com/ngessert/isic2019); levels of operations without strength left out. */
const published = `
  Invert 0.1, Contrast 0.2 6
  Rotate 0.7 2, TranslateX 0.3 9
  Sharpness 0.8 1, Sharpness 0.9 3
  ShearY 0.5 8, TranslateY 0.7 9
  AutoContrast 0.5, Equalize 0.9
  ShearY 0.2 7, Posterize 0.3 7
  Color 0.4 3, Brightness 0.6 7
  Sharpness 0.3 9, Brightness 0.7 9
  Equalize 0.6, Equalize 0.5
  Contrast 0.6 7, Sharpness 0.6 5
  Color 0.7 7, TranslateX 0.5 8
  Equalize 0.3, AutoContrast 0.4
  TranslateY 0.4 3, Sharpness 0.2 6
  Brightness 0.9 6, Color 0.2 8
  Solarize 0.5 2, Invert 0
  Equalize 0.2, AutoContrast 0.6
  Equalize 0.2, Equalize 0.6
  Color 0.9 9, Equalize 0.6
  AutoContrast 0.8, Solarize 0.2 8
  Brightness 0.1 3, Color 0.7 0
  Solarize 0.4 5, AutoContrast 0.9
  TranslateY 0.9 9, TranslateY 0.7 9
  AutoContrast 0.9, Solarize 0.8 3
  Equalize 0.8, Invert 0.1
  TranslateY 0.7 9, AutoContrast 0.9`;

describe('the policies for CIFAR-10', () => {
  it('are the published 25', () => {
    const lines = cifar10Policies.map((steps) =>
      steps.map((step) => step.filter((part) => part !== null).join(' ')).join(', '),
    );
    expect(lines).toEqual(published.trim().split(/\n\s*/));
    expect(lines).toHaveLength(25);
  });

  it('give a level exactly to the operations that have a strength', () => {
    for (const [name, , level] of cifar10Policies.flat()) expect(level === null).toBe(strengthRanges[name] === null);
  });

  it.each([
    // -30 + 60 · 2/10 = -18 … -30 + 60 · 3/10 = -12 degrees
    ['Rotate', 2, -18, -12],
    // 150/331 · 0.8 … 150/331: 46.4 … 58 pixels of 128
    ['TranslateX', 9, 0.362538, 0.453172],
    ['ShearY', 7, 0.12, 0.18],
    ['Solarize', 2, 51.2, 76.8],
    ['Posterize', 7, 6.8, 7.2],
    ['Contrast', 6, 1.18, 1.36],
    ['Color', 0, 0.1, 0.28],
  ] as const)('%s at level %i has a strength from %d to %d', (name, level, low, high) => {
    expect(strengthOf(name, level, 0)).toBeCloseTo(low, 5);
    expect(strengthOf(name, level, 1)).toBeCloseTo(high, 5);
    expect(strengthOf(name, level, 0.5)).toBeCloseTo((low + high) / 2, 5);
  });
});
