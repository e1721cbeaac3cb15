import { cancelledError } from './cancelledError';

/** The signals that end a command in good order. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndingSignal = (typeof endingSignals)[number];

/** A signal that ends the command, as the command sees it: it stays sent, so that one that comes between two steps is not lost. */
export interface Interrupt {
  /** To be called at a signal. Repeats do nothing: npm passes on a Ctrl-C that the terminal has sent already. */
  send(signal?: EndingSignal): void;
  isSent(): boolean;
  /** The signal that came; null before. */
  signal(): EndingSignal | null;
  /** Calls `stop` when a signal comes, or at once when it has come. */
  onSent(stop: () => void): void;
  /** @throws LabError `cancelled` when a signal has come */
  throwIfSent(): void;
}

export function createInterrupt(): Interrupt {
  const stops: (() => void)[] = [];
  let sent: EndingSignal | null = null;
  return {
    send(signal = 'SIGINT') {
      if (sent) return;
      sent = signal;
      for (const stop of stops) stop();
    },
    isSent: () => sent !== null,
    signal: () => sent,
    onSent(stop) {
      if (sent) stop();
      else stops.push(stop);
    },
    throwIfSent() {
      if (sent) throw cancelledError();
    },
  };
}
