import { version_core } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import { type BackendCandidate, backendLadder } from './backendLadder';
import type { BackendName } from './backendName';
import { deviceLossBehind } from './deviceLoss';
import { type MemoryLimits, memoryLimits } from './memoryLimits';
import { wrongBackend } from './noBackend';
import { runSelfTest } from './selfTest/runSelfTest';
import type { SelfTestCheck, SelfTestReport } from './selfTest/selfTestCheck';
import { startBackend } from './startBackend';

/** Where the lab computes, and why there. Goes into every run record. */
export interface Backend extends BackendCandidate {
  tfjsVersion: string;
  memory: MemoryLimits;
  /** What the self-test found here; null when none was asked for. */
  selfTest: SelfTestReport | null;
}

export interface BackendOptions {
  /** A backend to use whatever is faster. `cpu` is for tests only: it is never chosen by itself. */
  prefer?: BackendName;
  /** Folder that serves the tfjs WASM binaries, with a slash at the end. */
  wasmPath: string;
  /** What a backend must compute correctly before it is used. */
  selfTest?: readonly SelfTestCheck[];
}

/**
 * Starts computing on the best backend that starts here and passes its self-test. Call it before any tensor, layer or
 * model is made.
 * @returns the backend in use, for the user and the run record; its reason tells which were passed over, and why
 * @throws `no-backend`, `backend-failed` or `device-lost` when the one asked for, or every one of the ladder, does not start,
 *   computes wrong values or loses its device at once: nothing is chosen silently; `server-unreachable` when the server
 *   of the WASM binaries has gone
 */
export async function startCompute({ prefer, wasmPath, selfTest }: BackendOptions): Promise<Backend> {
  const refusals: LabError[] = [];
  for (const candidate of await backendLadder(prefer)) {
    try {
      await startBackend(candidate.backend, wasmPath);
      const report = selfTest ? await passSelfTest(candidate.backend, selfTest) : null;
      const reason = [...refusals.map(({ message }) => message), candidate.reason, ...inWords(report)].join(' ');
      return { ...candidate, reason, tfjsVersion: version_core, memory: memoryLimits(), selfTest: report };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      refusals.push(error);
    }
  }
  throw lastOf(refusals);
}

async function passSelfTest(backend: BackendName, checks: readonly SelfTestCheck[]): Promise<SelfTestReport> {
  const report = await runSelfTest(checks);
  if (report.failures.length === 0) return report;
  const wrong = wrongBackend(backend, report);
  throw (await deviceLossBehind(wrong)) ?? wrong;
}

function inWords(report: SelfTestReport | null): string[] {
  if (!report) return [];
  return [`Verified on this device: ${report.checks} checks in ${(report.elapsedMs / 1000).toFixed(1)} s.`];
}

/** The last refusal, telling of the others too. */
function lastOf(refusals: readonly LabError[]): LabError {
  const last = refusals.at(-1)!;
  if (refusals.length === 1) return last;
  const { code, stage, hint, details } = last;
  return new LabError({ code, stage, hint, details, message: refusals.map(({ message }) => message).join(' ') });
}
