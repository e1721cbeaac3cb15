import { LabError } from '../foundation/labError';

/**
 * Who has what at a time, over all tabs of a browser or all processes that share a folder. A name says what is meant:
 * `run/<id>`, `training/<id>`, `dataset/<id>`, `image-set/<id>`, `model/<id>`. What a tab or process had, is free when it ends, however it ends.
 */
export interface Ownership {
  /** Does work as the only one that has the name. @throws LabError `in-use` at once when anyone has it */
  own<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Does work as one of those that use what is named, so that none may own it. @throws LabError `in-use` at once when anyone owns it */
  share<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** The names that anyone owns or shares now. */
  held(): Promise<ReadonlySet<string>>;
}

/** What is told to whoever wants what another has. */
export function inUse(name: string): LabError {
  const [kind, id] = name.split('/');
  return new LabError({
    code: 'in-use',
    message: `The ${kind} ${id} is in use by another tab, command or job of the lab.`,
    hint: 'Wait until it has ended, or close it there, and try again.',
    details: { name },
  });
}

/** Ownership among the jobs of one engine alone: for tests, and where nobody else can reach the store. */
export function createLocalOwnership(): Ownership {
  const held = new Map<string, 'owner' | number>();
  return {
    async own(name, work) {
      if (held.has(name)) throw inUse(name);
      held.set(name, 'owner');
      try {
        return await work();
      } finally {
        held.delete(name);
      }
    },
    async share(name, work) {
      const users = held.get(name) ?? 0;
      if (users === 'owner') throw inUse(name);
      held.set(name, users + 1);
      try {
        return await work();
      } finally {
        const left = held.get(name);
        if (typeof left === 'number' && left > 1) held.set(name, left - 1);
        else held.delete(name);
      }
    },
    async held() {
      return new Set(held.keys());
    },
  };
}
