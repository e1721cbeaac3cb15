import { type SnnlOptions, type SnnlPreset, snnlPresets } from '../../../snnl/snnlOptions';

export type PresetName = SnnlPreset | 'custom';

/** The preset that these options are, or `custom` when any of them differs. */
export function presetOf(options: SnnlOptions): PresetName {
  const names: SnnlPreset[] = ['paper', 'authors-code'];
  return names.find((name) => sameOptions(snnlPresets[name], options)) ?? 'custom';
}

function sameOptions(a: SnnlOptions, b: SnnlOptions): boolean {
  return (Object.keys(a) as (keyof SnnlOptions)[]).every((name) => a[name] === b[name]);
}
