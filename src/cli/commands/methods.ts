import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { formatColumns } from '../output';

/** `lab methods`: every method that a network can be trained by, with its settings. */
export const methods = declareCommand({
  summary: 'the methods that networks are trained by, their settings and sources',
  word: null,
  flags: {},
  usesEngine: true,
  run: listMethods,
});

async function listMethods(line: CommandLine): Promise<number> {
  const lab = await line.lab();
  for (const method of await lab.run('listMethods', {})) {
    line.output.event({ kind: 'method', ...method });
    const needs = [
      ...(method.needsGroup ? ['the group at prediction'] : []),
      ...(method.needsTeacher ? ['a teacher'] : []),
    ];
    line.output.text(`${method.id}: ${method.label}. ${method.meaning}`);
    line.output.text(`  ${method.formula}`);
    line.output.text(
      `  ${method.source.publication}${method.source.code === null ? '' : ` Code: ${method.source.code}.`}`,
    );
    if (needs.length > 0) line.output.text(`  Needs ${needs.join(' and ')}.`);
    if (method.settings.length > 0) {
      const rows = method.settings.map(({ name, initial, range, meaning }) => [name, String(initial), range, meaning]);
      line.output.text(formatColumns(['setting', 'default', 'range', 'meaning'], rows));
    }
    line.output.text('');
  }
  return exitCodes.ok;
}
