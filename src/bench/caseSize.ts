/** `full`: the sizes that the bars are for. `software`: for a GPU that is rendered on the CPU. `quick`: for a trial. */
export type CaseSize = 'full' | 'software' | 'quick';

/** Where the lab computes in a case: its runner's name, and its name for people. */
export const labOn = {
  wasm: { runner: 'lab-wasm', label: 'WASM' },
  webgpu: { runner: 'lab-webgpu', label: 'WebGPU' },
} as const;
