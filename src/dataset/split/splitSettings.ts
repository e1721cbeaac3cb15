export interface SplitSettings {
  trainRatio: number;
  validationRatio: number;
  testRatio: number;
  seed: number;
}

export const defaultSplitSettings: SplitSettings = { trainRatio: 0.6, validationRatio: 0.2, testRatio: 0.2, seed: 1 };
