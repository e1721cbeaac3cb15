// The few globals that the compute core may use. Everything else of the DOM stays out of its sight.
declare function setTimeout(callback: () => void, ms: number): unknown;
declare const performance: { now(): number };
declare const console: { warn(...values: unknown[]): void };
