import { LabError } from '../../foundation/labError';
import { importanceLabel } from '../../importance/importances';
import type { RunRecord } from '../../recipe/runRecord';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { switchFlag } from '../flag';
import { findNamedRun, findStoredRun, type NamedRun } from '../namedRun';
import type { Output } from '../output';
import { evaluationTable, printVerdict } from '../printRun';
import { createRecordWriter } from '../recordWriter';

const confirmation = 'yes-open-the-test-split';

const flags = {
  [confirmation]: switchFlag('that the test split is to be opened, and the look to be counted in the record for good'),
};

/** `lab test RUN`: one look at the locked test split of a stored run, counted in its record. */
export const testRun = declareCommand({
  summary: 'opens the locked test split of a run in the store, and counts the look',
  word: { name: 'RUN', help: 'the id of a run in the store, or the folder that "lab run" wrote of it' },
  flags,
  usesEngine: true,
  run: openTestSplit,
});

async function openTestSplit(line: CommandLine<typeof flags>): Promise<number> {
  const run = await findNamedRun(line.word);
  if (!run) {
    throw new LabError({
      code: 'config-invalid',
      message: `${line.word} is no run.`,
      hint: 'Name the id of a run in the store, or the folder that "lab run" wrote, with its run.json.',
    });
  }
  if (!line.flags[confirmation]) throw unconfirmed(run);
  const lab = await line.lab();
  const { id } = await findStoredRun(lab, run.kind === 'stored' ? run.id : run.record.id);
  // Looks that only the folder knows of stay counted.
  if (run.kind === 'folder') await lab.run('importRecord', { text: run.text });
  const record = await lab.run('openTestSplit', { runId: id }, { listener: { progress: line.output.progress } });
  if (run.kind === 'folder') {
    const writer = createRecordWriter(run.folder);
    writer.write(record);
    await writer.settled();
  }
  printLook(record, line.output);
  return exitCodes.ok;
}

function unconfirmed(run: NamedRun): LabError {
  const count = run.kind === 'folder' ? run.record.testLooks.length : null;
  const which = count === null ? 'A look at it' : `This would be look ${count + 1}. A look`;
  return new LabError({
    code: 'config-invalid',
    message: `The test split is locked. ${which} is counted in the record for good, and what is chosen after looking can no longer be tested on it.`,
    hint: `Add --${confirmation} when all choices are made.`,
  });
}

/** Prints what the last look saw, what it comes to, and how many looks there were. */
function printLook(record: RunRecord, output: Output): void {
  const look = record.testLooks.at(-1);
  if (!look) return;
  const { groupNames, name } = record.dataset;
  const count = record.testLooks.length;
  output.event({ kind: 'testLook', runId: record.id, looks: count, ...look });
  output.line(`${name}, test split.`);
  output.text('');
  output.text(`Unpruned model\n${evaluationTable(look.baseline, groupNames)}`);
  for (const { arm, round, evaluation } of look.arms) {
    output.text(`${importanceLabel(arm)}, round ${round}\n${evaluationTable(evaluation, groupNames)}`);
  }
  printVerdict(record, 'test', output);
  output.text(`\nThe test split of this run has been looked at ${count === 1 ? 'once' : `${count} times`}.`);
}
