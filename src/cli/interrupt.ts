import { cancelledError } from './cancelledError';

/** Ctrl-C as a command sees it: it stays sent, so that one that comes between two steps is not lost. */
export interface Interrupt {
  /** To be called at Ctrl-C. Repeats do nothing: npm passes on a Ctrl-C that the terminal has sent already. */
  send(): void;
  isSent(): boolean;
  /** Calls `stop` when Ctrl-C comes, or at once when it has come. */
  onSent(stop: () => void): void;
  /** @throws LabError `cancelled` when Ctrl-C has come */
  throwIfSent(): void;
}

export function createInterrupt(): Interrupt {
  const stops: (() => void)[] = [];
  let sent = false;
  return {
    send() {
      if (sent) return;
      sent = true;
      for (const stop of stops) stop();
    },
    isSent: () => sent,
    onSent(stop) {
      if (sent) stop();
      else stops.push(stop);
    },
    throwIfSent() {
      if (sent) throw cancelledError();
    },
  };
}
