import type { ScoreSensitivity, SensitivityPoint } from '../../recipe/sensitivity';
import { formatNumber } from '../format/formatNumber';
import type { ForestRow } from './audit/forestRows';

const settingNames: Record<SensitivityPoint['setting'], string> = {
  temperature: 'T',
  batchSize: 'Batch of',
  seed: 'Seed',
};

/** One row per changed setting: agreement of the ranking, and the share of pruned channels that stays the same. */
export function sensitivityRows({ points }: Pick<ScoreSensitivity, 'points'>): ForestRow[] {
  const mark = (value: number | null) => ({ value, low: null, high: null, isDoubtful: false });
  return points.map(({ setting, value, tau, samePrunedRatio }) => ({
    label: `${settingNames[setting]} ${valueText(setting, value)}`,
    n: null,
    before: mark(samePrunedRatio),
    after: mark(tau),
    band: null,
  }));
}

function valueText(setting: SensitivityPoint['setting'], value: SensitivityPoint['value']): string {
  if (value === 'auto') return 'from the data';
  return setting === 'temperature' ? formatNumber(value, 2) : String(value);
}
