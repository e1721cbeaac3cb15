import { constants } from 'node:os';
import { exitCodes } from './commandLine';
import { commandList } from './commands';
import { createInterrupt, type EndingSignal, endingSignals } from './interrupt';
import { createOutput } from './output';
import { runLab } from './runLab';

/** A signal that comes again later than this ends the command at once: npm passes on a Ctrl-C that the terminal has sent already. */
const repeatAfterMs = 1000;

// Whoever reads the output may have enough of it, as `head` has: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

const interrupt = createInterrupt();
let sentAtMs = Number.POSITIVE_INFINITY;
for (const signal of endingSignals) process.on(signal, () => end(signal));

/** Ends in good order at the first signal, and at once at a further one. */
function end(signal: EndingSignal): void {
  const nowMs = performance.now();
  if (nowMs - sentAtMs > repeatAfterMs) process.exit(codeOf(signal));
  sentAtMs = Math.min(sentAtMs, nowMs);
  interrupt.send(signal);
}

const code = await runLab(commandList, process.argv.slice(2), {
  createOutput,
  printHelp: (text, asked) => void (asked ? process.stdout : process.stderr).write(text),
  interrupt,
  // Most commands need no engine, and it takes a while to load.
  open: async (options) => (await import('./openLab')).openLab(options),
});
process.exit(code === exitCodes.cancelled ? codeOf(interrupt.signal() ?? 'SIGINT') : code);

/** As shells give it: 128 and the signal's number. */
function codeOf(signal: EndingSignal): number {
  return 128 + constants.signals[signal];
}
