// npm run check: types per realm, lint, format, import rules (and that they bite), one tfjs version.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const bin = (name) => resolve('node_modules/.bin', name);
const leastModules = 150;

/** Files of scripts/import-rule-fixture that break the import rules on purpose, each with the rule that it breaks. */
const knownBad = {
  'src/fairness/climbs.ts': 'fairness-imports-only-rooms-above',
  'src/dataset/findings/climbs.ts': 'dataset-findings-imports-only-floors-below',
  'src/dataset/tables/crosses.ts': 'dataset-tables-imports-only-floors-below',
  'src/dataset/images/imageSet/climbs.ts': 'dataset-folders-do-not-import-the-floor-around-them',
  'src/dataset/splitName.ts': 'dataset-has-listed-floors-only',
};

const checks = [
  ...['core', 'worker', 'app', 'node', 'test'].map((realm) => ({
    name: `types · ${realm}`,
    run: () => succeeds(bin('tsc'), ['-p', `src/realms/${realm}.json`]),
  })),
  { name: 'lint', run: () => succeeds(bin('oxlint'), ['--type-aware', '--deny-warnings', '.']) },
  { name: 'format', run: () => succeeds(bin('biome'), ['check', '.']) },
  { name: 'import rules', run: importRulesHold },
  { name: 'import rules bite', run: importRulesBite },
  { name: 'no synchronous reads', run: noSynchronousReads },
  { name: 'one tfjs version', run: oneTfjsVersion },
];

let failed = 0;
for (const { name, run } of checks) {
  const problem = run();
  if (problem) failed += 1;
  console.log(`${problem ? '✗' : '✓'} ${name}${problem ? `\n${problem}` : ''}`);
}
console.log(`check: ${checks.length - failed} passed, ${failed} failed`);
const [resultFile] = process.argv.slice(2);
if (resultFile) writeFileSync(resultFile, JSON.stringify({ passed: checks.length - failed, failed }));
process.exitCode = failed === 0 ? 0 : 1;

/** Null when the command succeeds, else what it printed. */
function succeeds(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? null : `${stdout}${stderr}`;
}

function cruise(folder) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      resolve('scripts/parseTsx.mjs'),
      bin('depcruise'),
      'src',
      '--config',
      resolve('.dependency-cruiser.cjs'),
      '--output-type',
      'json',
    ],
    { encoding: 'utf8', cwd: folder, maxBuffer: 1 << 28, shell: process.platform === 'win32' },
  );
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout).summary;
}

function importRulesHold() {
  const { violations, totalCruised } = cruise('.');
  if (totalCruised < leastModules)
    return `Only ${totalCruised} modules were looked at; at least ${leastModules} were expected.`;
  return violations.length === 0
    ? null
    : violations.map(({ rule, from, to }) => `  ${rule.name}: ${from} → ${to}`).join('\n');
}

function importRulesBite() {
  const { violations } = cruise(join('scripts', 'import-rule-fixture'));
  const missed = Object.entries(knownBad).filter(
    ([file, name]) => !violations.some(({ rule, from }) => rule.name === name && from === file),
  );
  return missed.length === 0
    ? null
    : missed.map(([file, name]) => `  ${name} did not report scripts/import-rule-fixture/${file}`).join('\n');
}

/** Reading a tensor synchronously loses the device on WebGPU in a worker. Tests on other backends may. */
function noSynchronousReads() {
  const { stdout } = spawnSync(
    'git',
    ['grep', '-nE', '\\.(dataSync|arraySync|bytesSync)[<(]', '--', 'src/*.ts', ':!*.test.ts', ':!src/testing'],
    {
      encoding: 'utf8',
    },
  );
  return stdout === '' ? null : stdout;
}

function oneTfjsVersion() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const versions = Object.entries(packages)
    .filter(([path]) => /node_modules\/@tensorflow\/tfjs-[\w-]+$/.test(path))
    .map(([path, { version }]) => `${path} ${version}`);
  const distinct = new Set(versions.map((entry) => entry.split(' ').at(-1)));
  return distinct.size === 1 ? null : `Several versions of tfjs are locked:\n  ${versions.join('\n  ')}`;
}
