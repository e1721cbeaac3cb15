// The few globals that the compute core may use. Everything else of the DOM stays out of its sight.
declare function setTimeout(callback: () => void, ms: number): unknown;
declare function btoa(text: string): string;
declare function atob(base64: string): string;
declare const performance: { now(): number };
declare const console: { warn(...values: unknown[]): void };
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array, options?: { stream?: boolean }): string;
}
declare const crypto: { subtle: { digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> } };
declare function fetch(
  url: string,
  options: { method: 'GET' | 'HEAD'; cache: 'no-store' },
): Promise<{ ok: boolean; status: number; arrayBuffer(): Promise<ArrayBuffer> }>;
declare namespace WebAssembly {
  type ExportValue = unknown;
  class Memory {
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  function validate(bytes: Uint8Array): boolean;
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, ExportValue>;
  }
}
