// npm run bench: times the lab against what it must beat, prints a table and writes bench.json.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import packageJson from '../../package.json' with { type: 'json' };
import { benchCases } from './benchCases';
import { parseBenchOptions } from './benchOptions';
import { formatTable } from './formatTable';
import { inventoryCaseName, inventoryRows } from './inventoryRow';
import { memoryCaseName, memoryRows } from './memoryRows';
import { openRunners } from './openRunners';
import { type CaseResult, describeTimes, runCase } from './runCase';

const options = readOptions();
const loadBefore = loadavg();
const runners = await openRunners();
const results: CaseResult[] = [];
try {
  for (const plan of benchCases(options, runners.adapter)) {
    const result = await runCase(plan, runners, options.reps);
    await runners.rest();
    results.push(result);
    console.error(`${plan.name}: ${describeTimes(result)}`);
  }
  if (memoryCaseName.includes(options.only) && options.backend !== 'webgpu') {
    const rows = memoryRows(await runners.memoryAfter([1, 3]));
    results.push({ name: memoryCaseName, timesMs: {}, rows });
  }
} finally {
  await runners.close();
}
if (inventoryCaseName.includes(options.only)) {
  results.push({ name: inventoryCaseName, ...(await inventoryRows(options.reps)) });
}
if (results.length === 0) {
  console.error(`No case has "${options.only}" in its name and runs on this backend.`);
  process.exit(2);
}

const rows = results.flatMap((result) => result.rows);
const report = {
  madeAt: new Date().toISOString(),
  options,
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    loadBefore,
    loadAfter: loadavg(),
  },
  adapter: runners.adapter,
  devices: runners.devices,
  versions: {
    lab: packageJson.version,
    tfjs: version_core,
    chromium: runners.browserVersion,
    torch: runners.torchVersion,
    node: process.version,
  },
  rows,
  cases: results.map(({ name, timesMs }) => ({ name, timesMs })),
};
writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);

const missed = rows.filter(({ ok }) => ok === false).length;
const met = rows.filter(({ ok }) => ok).length;
const { machine, versions, adapter } = report;
const where = [
  `${machine.cores} × ${machine.cpu}`,
  `WebGPU adapter: ${adapter?.device ?? 'none'}`,
  `Chromium ${versions.chromium}`,
  `PyTorch ${versions.torch ?? 'none'}`,
  `load ${loadBefore[0]!.toFixed(1)} before, ${machine.loadAfter[0]!.toFixed(1)} after`,
].join(' · ');
process.stdout.write(`\n${formatTable(rows)}\n\n${where}\nbench: ${met} bars met, ${missed} missed · ${options.out}\n`);
process.exitCode = options.strict && missed > 0 ? 1 : 0;

/** The flags; a wrong one ends the bench with its message alone. */
function readOptions() {
  try {
    return parseBenchOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}
