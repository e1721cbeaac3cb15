import { join } from 'node:path';
import { LabError } from '../../foundation/labError';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { formatColumns } from '../output';
import { listInput, readInput } from '../readInput';

/** `lab verify DIR`: every known vector file in a folder through the reference, WASM and WebGPU. */
export const verify = declareCommand({
  summary: 'known vectors through reference, WASM and WebGPU',
  word: { name: 'VECTORS_DIR', help: 'the folder with the vector files' },
  flags: {},
  usesEngine: true,
  run: verifyFolder,
});

async function verifyFolder(line: CommandLine): Promise<number> {
  const folder = line.word;
  const names = (await listInput(folder)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) {
    throw new LabError({
      code: 'config-invalid',
      message: `There is no .json file in ${folder}.`,
      hint: 'Name the folder that holds snnl.json and the other vector files.',
    });
  }
  const files = await Promise.all(names.map(async (name) => ({ name, text: await readInput(join(folder, name)) })));
  const lab = await line.lab();
  const checks = await lab.run('verifyVectors', { files }, { listener: { progress: line.output.progress } });
  for (const check of checks) line.output.event({ kind: 'vectorCheck', ...check });
  line.output.text(
    formatColumns(
      ['file', 'implementation', 'cases', 'largest error', 'tolerance', 'result', 'where'],
      checks.map((check) =>
        check.skipped === null
          ? [
              check.file,
              check.implementation,
              String(check.cases),
              check.largestError.toExponential(1),
              check.tolerance.toExponential(0),
              check.passed ? 'passed' : 'FAILED',
              check.worst,
            ]
          : [check.file, check.implementation, '–', '–', '–', 'not checked', check.skipped],
      ),
    ),
  );
  const failed = checks.filter((check) => !check.passed && check.skipped === null).length;
  const checked = checks.filter((check) => check.skipped === null).length;
  line.output.text(`\n${checked - failed} within tolerance, ${failed} not, ${checks.length - checked} not checked.`);
  return failed === 0 && checked > 0 ? exitCodes.ok : exitCodes.failed;
}
