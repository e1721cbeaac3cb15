import { onGpuAlone } from '../../compute/onGpuAlone';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import type { VectorCheck } from '../protocol/jobMap';
import { fairAdaBnVectors } from './fairAdaBnVectorFile';
import { fairnessVectors, fateVectors } from './fairnessVectorFiles';
import { paperTablesVectors } from './paperTablesVectorFile';
import { pruneSelectVectors } from './pruneSelectVectorFile';
import { snnlDatasetVectors, snnlVectors } from './snnlVectorFiles';
import { surgeryVectors } from './surgeryVectorFile';
import type { Implementation, VectorFile } from './vectorFile';

/** Runs work on another tfjs backend and returns to the present one. @throws LabError `no-backend` */
export type WithBackend = <T>(backend: 'wasm' | 'webgpu', work: () => Promise<T>) => Promise<T>;

const vectorFiles: readonly VectorFile[] = [
  snnlVectors,
  snnlDatasetVectors,
  pruneSelectVectors,
  fairnessVectors,
  fateVectors,
  paperTablesVectors,
  surgeryVectors,
  fairAdaBnVectors,
];

/** Vector files that exist, for parts that the lab does not have yet. */
const filesWithoutCheck: Readonly<Record<string, string>> = {
  'fairprune.json': 'The lab has no FairPrune yet.',
  'baseline_losses.json': 'The lab has none of these training losses yet.',
};

/**
 * Compares the lab with known vector files: each file through every implementation that it concerns. What cannot be
 * checked here is reported as such, never passed over: files without a check, parts of a file, a missing GPU.
 *
 * @param files name (without folder) and text
 * @param withBackend how to compute on another backend
 * @param publish receives each comparison as it is made
 * @throws LabError `cancelled`; `record-invalid` when a known file is not in its form
 */
export async function verifyVectors(
  files: readonly { name: string; text: string }[],
  withBackend: WithBackend,
  context: JobContext,
  publish: (check: VectorCheck) => void,
): Promise<VectorCheck[]> {
  const checks: VectorCheck[] = [];
  const add = (check: VectorCheck) => {
    checks.push(check);
    publish(check);
  };
  for (const [index, { name, text }] of files.entries()) {
    const known = vectorFiles.find((candidate) => candidate.name === name);
    if (known) {
      const json = parseJson(name, text);
      for (const implementation of known.implementations) {
        await context.breathe();
        add(await checkOn(implementation, known, json, withBackend));
      }
      for (const part of known.notChecked) add(unchecked(name, 'reference', part));
    } else {
      add(unchecked(name, 'reference', filesWithoutCheck[name] ?? 'No known vector file has this name.'));
    }
    context.report(index + 1, files.length, 'files');
  }
  return checks;
}

async function checkOn(
  implementation: Implementation,
  file: VectorFile,
  json: unknown,
  withBackend: WithBackend,
): Promise<VectorCheck> {
  const check = () => file.check(json, implementation);
  try {
    const summary = await (implementation === 'reference'
      ? check()
      : withBackend(implementation, implementation === 'webgpu' ? () => onGpuAlone(check) : check));
    return { file: file.name, implementation, ...summary, skipped: null };
  } catch (error) {
    if (error instanceof LabError && error.code === 'no-backend') {
      return unchecked(file.name, implementation, error.message);
    }
    throw error;
  }
}

function unchecked(file: string, implementation: Implementation, skipped: string): VectorCheck {
  return { file, implementation, cases: 0, largestError: 0, tolerance: 0, worst: '', passed: false, skipped };
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabError({
      code: 'record-invalid',
      stage: `reading ${name}`,
      message: `${name} is not JSON.`,
      hint: 'Take the file from the reference vectors as it is.',
      cause,
    });
  }
}
