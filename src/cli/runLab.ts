import { toErrorData } from '../foundation/labError';
import { exitCodes } from './commandLine';
import type { EngineOptions } from './engineFlags';
import type { Interrupt } from './interrupt';
import type { OpenLab } from './openLab';
import type { Output } from './output';
import { type CommandList, readCommandLine } from './readCommandLine';
import { runCommand } from './runCommand';

/** What the command line is given from outside. */
export interface Surroundings {
  createOutput(json: boolean): Output;
  /** Help texts: those that were asked for are a result, the others go with an error. */
  printHelp(text: string, asked: boolean): void;
  interrupt: Interrupt;
  open(options: EngineOptions): Promise<OpenLab>;
}

/**
 * Does what was typed.
 *
 * @param argv without the program's name
 * @returns the exit code; errors have been written to the output
 */
export async function runLab(
  list: CommandList,
  argv: readonly string[],
  { createOutput, printHelp, interrupt, open }: Surroundings,
): Promise<number> {
  try {
    const line = readCommandLine(list, argv);
    if (line.kind === 'help') {
      printHelp(line.text, line.asked);
      return line.asked ? exitCodes.ok : exitCodes.usage;
    }
    const { command, given, engine, json } = line;
    const output = createOutput(json);
    return await runCommand(command, given, { output, interrupt, open: () => open(engine) });
  } catch (error) {
    const data = toErrorData(error);
    createOutput(argv.includes('--json')).error(data);
    return data.code === 'config-invalid' ? exitCodes.usage : exitCodes.failed;
  }
}
