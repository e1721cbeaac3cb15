import { exitCodes } from './commandLine';
import { commandList } from './commands';
import { openHeadlessLab } from './headlessLab';
import { createInterrupt } from './interrupt';
import { createOutput } from './output';
import { runLab } from './runLab';

// Whoever reads the output may have enough of it, as `head` has: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

const interrupt = createInterrupt();
process.on('SIGINT', interrupt.send);

process.exit(
  await runLab(commandList, process.argv.slice(2), {
    createOutput,
    printHelp: (text, asked) => void (asked ? process.stdout : process.stderr).write(text),
    interrupt,
    open: openHeadlessLab,
  }),
);
