/** A watch for silence, for the times when something should be heard. */
export interface SilenceWatch {
  /** From now on something should be heard. */
  begin(): void;
  heard(): void;
  /** Nothing is expected any more. */
  end(): void;
}

/** How often within the limit the silence is measured. */
const looksPerLimit = 6;

/**
 * Tells when nothing has been heard for too long. The time is counted in looks, so that a page that slept, and whose clock
 * jumps, does not take its own sleep for silence.
 *
 * @param limitMs how long it may be silent
 * @param tell called with the length of the silence in ms once it is over the limit, again at every look while it lasts, and
 *   with null when it is over
 */
export function watchSilence(limitMs: number, tell: (silentMs: number | null) => void): SilenceWatch {
  const lookMs = limitMs / looksPerLimit;
  let timer: ReturnType<typeof setInterval> | null = null;
  let silentMs = 0;

  function look(): void {
    silentMs += lookMs;
    if (silentMs >= limitMs) tell(silentMs);
  }

  function heard(): void {
    const wasTold = silentMs >= limitMs;
    silentMs = 0;
    if (wasTold) tell(null);
  }

  return {
    begin() {
      timer ??= setInterval(look, lookMs);
    },
    heard,
    end() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      heard();
    },
  };
}
