/** The WebGPU adapter that the browser would give. */
export interface AdapterDescription {
  /** Vendor, architecture and description as the browser tells them; browsers leave parts empty. */
  device: string;
  /** True when the adapter runs on the CPU: slower than WASM. */
  isSoftware: boolean;
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

/**
 * Asks the browser for its WebGPU adapter.
 * @returns undefined when there is no WebGPU, or no adapter
 */
export async function describeAdapter(): Promise<AdapterDescription | undefined> {
  const gpu = globalThis.navigator?.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  return adapter ? describeInfo(adapter.info) : undefined;
}

/** What an adapter's own words say about it. */
export function describeInfo(info: GPUAdapterInfo): AdapterDescription {
  const words = [info.vendor, info.architecture, info.device, info.description].filter((word) => word !== '');
  const device = [...new Set(words)].join(' ') || 'unnamed adapter';
  return { device, isSoftware: info.isFallbackAdapter === true || softwareNames.test(device) };
}
