/** Ways to say how far apart two groups are. */
export type GapName =
  | 'eopp0'
  | 'eopp1'
  | 'eodd'
  | 'eopp0Shared'
  | 'eopp1Shared'
  | 'eoddShared'
  | 'eopp0Sum'
  | 'eopp1Sum'
  | 'eoddSum'
  | 'eoddSeparate'
  | 'eoddFairAdaBn'
  | 'demographicParity';

/** The ones that are undefined between groups that have no class in common. */
export type SharedGapName = 'eopp0Shared' | 'eopp1Shared' | 'eoddShared';

/** A definition as a reader needs it. d is group a minus group b; k runs over the K classes. */
export interface GapDefinition {
  label: string;
  /** Which reading this is, and whose. */
  form: string;
  formula: string;
}

export const gapDefinitions: Record<GapName, GapDefinition> = {
  eopp0: { label: 'Eopp0', form: 'paper: mean over classes', formula: 'mean_k |dTNR_k|' },
  eopp1: { label: 'Eopp1', form: 'paper: mean over classes', formula: 'mean_k |dTPR_k|' },
  eodd: {
    label: 'Eodd',
    form: 'paper: mean over classes, opposite signs cancel',
    formula: 'mean_k |dTPR_k + dFPR_k| / 2',
  },
  eopp0Shared: {
    label: 'Eopp0, shared classes',
    form: 'classes that have samples in both groups',
    formula: 'mean_{k in both} |dTNR_k|',
  },
  eopp1Shared: {
    label: 'Eopp1, shared classes',
    form: 'classes that have samples in both groups',
    formula: 'mean_{k in both} |dTPR_k|',
  },
  eoddShared: {
    label: 'Eodd, shared classes',
    form: 'classes that have samples in both groups',
    formula: 'mean_{k in both} |dTPR_k + dFPR_k| / 2',
  },
  eopp0Sum: { label: 'Eopp0, sum', form: 'FairPrune: sum over classes', formula: 'Σ_k |dTNR_k|' },
  eopp1Sum: { label: 'Eopp1, sum', form: 'FairPrune: sum over classes', formula: 'Σ_k |dTPR_k|' },
  eoddSum: { label: 'Eodd, sum', form: 'FairPrune: sum over classes, not halved', formula: 'Σ_k |dTPR_k + dFPR_k|' },
  eoddSeparate: {
    label: 'Eodd, rates apart',
    form: 'absolute values apart: nothing cancels',
    formula: 'mean_k (|dTPR_k| + |dFPR_k|) / 2',
  },
  eoddFairAdaBn: {
    label: 'Eodd, FairAdaBN',
    form: 'FairAdaBN: true positive and true negative rates',
    formula: 'mean_k |dTPR_k + dTNR_k|',
  },
  demographicParity: {
    label: 'Demographic parity',
    form: 'mean over classes',
    formula: 'mean_k |d share predicted as k|',
  },
};

export const gapNames = Object.keys(gapDefinitions) as GapName[];
