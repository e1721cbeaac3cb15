import { type ChildProcess, spawn } from 'node:child_process';

/** A process of Node, and what it has come to once it has ended. */
export interface NodeProcess {
  child: ChildProcess;
  /** `text`: everything that it wrote, standard output and standard error together. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; text: string }>;
}

/** Starts Node as this process was started. @param environment in addition to this process's */
export function spawnNode(argv: readonly string[], environment: Record<string, string> = {}): NodeProcess {
  const child = spawn(process.execPath, argv, { env: { ...process.env, ...environment } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    ended: new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal, text }))),
  };
}
