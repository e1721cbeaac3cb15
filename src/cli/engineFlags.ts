import { choiceFlag, type FlagValues, textFlag } from './flag';

/** The flags of every command that opens the engine. */
export const engineFlags = {
  backend: choiceFlag(['wasm', 'webgpu'], 'what to compute on; the lab chooses when left out'),
  store: textFlag('DIR', 'folder that keeps datasets, models and runs; snnl-fair-lab in your cache when left out'),
};

/** How the engine is opened. */
export interface EngineOptions {
  /** Null leaves the choice to the lab. */
  backend: 'wasm' | 'webgpu' | null;
  /** Folder that datasets, models and runs are kept in; null for the one in the user's cache. */
  store: string | null;
}

export function readEngineOptions({ backend, store }: FlagValues<typeof engineFlags>): EngineOptions {
  return { backend: backend ?? null, store: store ?? null };
}
