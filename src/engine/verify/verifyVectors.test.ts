import { getBackend, memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { LabError } from '../../foundation/labError';
import { startWasmAndCpu } from '../../testing/computeOn';
import fairAdaBn from '../../testing/golden/fairadabn.json';
import fairness from '../../testing/golden/fairness_metrics.json';
import fate from '../../testing/golden/fate.json';
import paperTables from '../../testing/golden/paper_tables_fate.json';
import pruneSelect from '../../testing/golden/prune_select.json';
import snnl from '../../testing/golden/snnl.json';
import snnlDataset from '../../testing/golden/snnl_dataset.json';
import surgery from '../../testing/golden/surgery.json';
import type { VectorCheck } from '../protocol/jobMap';
import { verifyVectors, type WithBackend } from './verifyVectors';

/** Node has no WebGPU. */
const withBackend: WithBackend = async (backend, work) => {
  if (backend === 'webgpu') throw new LabError({ code: 'no-backend', message: 'No WebGPU here.', hint: '' });
  const before = getBackend();
  await setBackend(backend);
  try {
    return await work();
  } finally {
    await setBackend(before);
  }
};

const golden: Record<string, unknown> = {
  'snnl.json': snnl,
  'snnl_dataset.json': snnlDataset,
  'prune_select.json': pruneSelect,
  'fairness_metrics.json': fairness,
  'fate.json': fate,
  'paper_tables_fate.json': paperTables,
  'surgery.json': surgery,
  'fairadabn.json': fairAdaBn,
};

async function verify(files: Record<string, unknown>): Promise<VectorCheck[]> {
  const list = Object.entries(files).map(([name, json]) => ({ name, text: JSON.stringify(json) }));
  const published: VectorCheck[] = [];
  const checks = await verifyVectors(list, withBackend, createSilentContext(), (check) => published.push(check));
  expect(published).toEqual(checks);
  return checks;
}

const checked = (checks: VectorCheck[]) => checks.filter(({ skipped }) => skipped === null);

beforeAll(async () => {
  await startWasmAndCpu();
  await setBackend('cpu');
});

describe('verifyVectors', () => {
  it('finds the reference and WASM within tolerance on every file that it knows', async () => {
    const checks = checked(await verify(golden));
    expect(checks.map(({ file, implementation, passed }) => `${file} ${implementation} ${passed}`)).toEqual([
      'snnl.json reference true',
      'snnl.json wasm true',
      'snnl_dataset.json reference true',
      'snnl_dataset.json wasm true',
      'prune_select.json reference true',
      'fairness_metrics.json reference true',
      'fate.json reference true',
      'paper_tables_fate.json reference true',
      'surgery.json wasm true',
      'fairadabn.json wasm true',
    ]);
  });

  it('counts the cases, and names where the largest error is', async () => {
    const [reference, wasm] = checked(await verify({ 'snnl.json': snnl }));
    expect(reference).toMatchObject({ cases: 24 * 3 - 1, tolerance: 1e-9 });
    expect(wasm!.largestError).toBeGreaterThan(0);
    expect(wasm!.worst).toMatch(/^\w+.*, channel/);
  });

  it.each([
    ['snnl.json', () => withChange(snnl, (copy) => (copy.cases[0]!.expected.eq1_sqeuclid.skip[1]! += 1e-3))],
    ['snnl_dataset.json', () => withChange(snnlDataset, (copy) => (copy.cases[0]!.expected.sqeuclid.S[0]! += 1e-3))],
    ['fairadabn.json', () => withChange(fairAdaBn, (copy) => (copy.cases[1]!.expected.grad.gamma[3]! += 1e-3))],
    ['prune_select.json', () => withChange(pruneSelect, (copy) => (copy.select[0]!.pruned[0]! += 1))],
    ['fairness_metrics.json', () => withChange(fairness, (copy) => (copy.cases[0]!.expected!.fairness.eodd += 1e-6))],
    ['fate.json', () => withChange(fate, (copy) => (copy.cases[0]!.fate! += 1e-6))],
    [
      'paper_tables_fate.json',
      () => withChange(paperTables, (copy) => (copy.rows[1]!.cells[1]!.withinInterval = true)),
    ],
    ['surgery.json', () => withChange(surgery, (copy) => (copy.cases[0]!.expected.structural![0]![0]! += 1e-3))],
  ])('fails %s when one number in it is wrong', async (name, changed) => {
    const checks = checked(await verify({ [name]: changed() }));
    expect(checks.length).toBeGreaterThan(0);
    for (const { passed } of checks) expect(passed).toBe(false);
  });

  it('fails when a value is undefined that should be a number, and the reverse', async () => {
    const missing = withChange(fate, (copy) => {
      copy.cases[7]!.fate = 0.5;
    });
    expect(checked(await verify({ 'fate.json': missing }))[0]).toMatchObject({
      passed: false,
      largestError: Number.POSITIVE_INFINITY,
      worst: 'case 7, fate',
    });
  });

  it('says what it does not check: files without a check, parts of files, a missing GPU', async () => {
    const checks = await verify({ 'fairprune.json': {}, 'holiday.json': {}, 'surgery.json': surgery });
    const skipped = checks.filter((check) => check.skipped !== null);
    for (const { passed } of skipped) expect(passed).toBe(false);
    expect(skipped.map(({ file, skipped: reason }) => `${file}: ${reason}`)).toEqual([
      'fairprune.json: The lab has no FairPrune yet.',
      'holiday.json: No known vector file has this name.',
      'surgery.json: No WebGPU here.',
      expect.stringContaining('masked_convOnly'),
    ]);
  });

  it.each([
    ['is not JSON', 'not json'],
    ['has another form', '{"cases": [{"id": 3}]}'],
  ])('refuses a known file that %s', async (_, text) => {
    const run = verifyVectors([{ name: 'snnl.json', text }], withBackend, createSilentContext(), () => undefined);
    await expect(run).rejects.toMatchObject({ code: 'record-invalid' });
  });

  it('keeps no tensor', async () => {
    await setBackend('wasm');
    const before = memory().numTensors;
    await verify(golden);
    expect(memory().numTensors).toBe(before);
    await setBackend('cpu');
  });
});

function withChange<T>(json: T, change: (copy: T) => void): T {
  const copy = structuredClone(json);
  change(copy);
  return copy;
}
