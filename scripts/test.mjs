// npm test: installs, finds a browser, then all checks and tests. Ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureInstalled } from './ensureInstalled.mjs';

ensureInstalled();
const { ensureChromium } = await import('./ensureChromium.mjs');
const environment = { ...process.env, LAB_CHROMIUM: ensureChromium() };
rmSync('.cache/test', { recursive: true, force: true });
mkdirSync('.cache/test', { recursive: true });

const total = { passed: 0, failed: 0 };

const checkFile = '.cache/test/check.json';
step('Checks', process.execPath, ['scripts/check.mjs', checkFile], () => JSON.parse(readFileSync(checkFile, 'utf8')));

for (const { name, projects } of [
  { name: 'Unit tests', projects: ['unit', 'ui'] },
  { name: 'Browser and GPU kernel tests', projects: ['gpu'] },
]) {
  const file = `.cache/test/${projects[0]}.json`;
  const chosen = projects.flatMap((project) => ['--project', project]);
  step(
    name,
    'node_modules/.bin/vitest',
    ['run', ...chosen, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    () => {
      const report = JSON.parse(readFileSync(file, 'utf8'));
      // A file that could not even be loaded has no test in the count.
      const brokenFiles = report.testResults.filter(
        (result) => result.status === 'failed' && result.assertionResults.length === 0,
      );
      return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
    },
  );
}

environment.PLAYWRIGHT_JSON_OUTPUT_NAME = '.cache/test/e2e.json';
step('End-to-end tests', 'node_modules/.bin/playwright', ['test', '--reporter=list,json'], () => {
  const { stats, errors } = JSON.parse(readFileSync('.cache/test/e2e.json', 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
});

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** Runs one step and adds what `count` reads from the file that it leaves. A step that fails without a count counts as one failure. */
function step(name, command, args, count) {
  console.log(`\n── ${name}`);
  const startMs = Date.now();
  const { status } = spawnSync(command, args, {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  let counted = { passed: 0, failed: 0 };
  try {
    counted = count();
  } catch (error) {
    console.error(`${name} left no result: ${error.message}`);
  }
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  total.passed += counted.passed;
  total.failed += counted.failed;
  console.log(
    `${name}: ${counted.passed} passed, ${counted.failed} failed, ${Math.round((Date.now() - startMs) / 1000)} s`,
  );
}
