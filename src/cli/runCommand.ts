import { type LabErrorData, toErrorData } from '../foundation/labError';
import { sayHowToAnswer } from './assumedAnswers';
import { type Command, exitCodes, type Given } from './commandLine';
import type { Interrupt } from './interrupt';
import type { OpenLab } from './openLab';
import type { Output } from './output';

/**
 * Runs a command with an engine that is opened when asked for, cancelled by Ctrl-C, and closed at the end.
 *
 * @param open opens the engine; called at most once
 * @returns the exit code; errors have been written to `output`
 */
export async function runCommand(
  command: Command,
  given: Given,
  { output, interrupt, open }: { output: Output; interrupt: Interrupt; open(): Promise<OpenLab> },
): Promise<number> {
  let opened: Promise<OpenLab> | null = null;

  async function lab(): Promise<OpenLab> {
    interrupt.throwIfSent();
    if (opened) return opened;
    const opening = open();
    opened = opening;
    // Whoever asked for the engine hears why it did not open.
    interrupt.onSent(() => void opening.then((engine) => engine.cancel()).catch(() => undefined));
    return opening;
  }

  async function close(): Promise<void> {
    const engine = await opened?.catch(() => null);
    await engine?.close();
  }

  try {
    return await command.run({ ...given, output, lab, onInterrupt: interrupt.onSent });
  } catch (error) {
    const data = toErrorData(error);
    output.error(data.code === 'needs-answers' ? sayHowToAnswer(data, command) : inWordsOfTheCommandLine(data));
    if (data.code === 'cancelled' || interrupt.isSent()) return exitCodes.cancelled;
    return data.code === 'config-invalid' || data.code === 'needs-answers' ? exitCodes.usage : exitCodes.failed;
  } finally {
    await close().catch((error: unknown) => output.error(inWordsOfTheCommandLine(toErrorData(error))));
  }
}

/** The hint for what should not happen speaks of reloading a page. */
function inWordsOfTheCommandLine(data: LabErrorData): LabErrorData {
  if (data.code !== 'internal') return data;
  return { ...data, hint: 'Try again. If it happens again, report it with what --json writes.' };
}
