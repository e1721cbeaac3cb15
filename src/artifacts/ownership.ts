import { LabError } from '../foundation/labError';

const kindWords = {
  run: 'run',
  training: 'training',
  dataset: 'dataset',
  'image-set': 'image set',
  model: 'model',
  tab: 'tab',
} as const;

/** What is meant by a name: `run/<id>`, `training/<id>`, `dataset/<id>`, `image-set/<id>`, `model/<id>`; an open tab is `tab/<id>`. */
export type OwnedName = `${keyof typeof kindWords}/${string}`;

/**
 * Who has what at a time, over all tabs of a browser or all processes that share a folder. What a tab or process had, is free
 * when it ends, however it ends. Looking something up takes it for a moment: whoever wants it meanwhile waits that long.
 */
export interface Ownership {
  /** Does work as the only one that has the name. @throws LabError `in-use` when anyone has it and keeps it */
  own<T>(name: OwnedName, work: () => Promise<T>): Promise<T>;
  /** Does work as one of those that use what is named, so that none may own it. @throws LabError `in-use` when anyone owns it and keeps it */
  share<T>(name: OwnedName, work: () => Promise<T>): Promise<T>;
  /** The names that anyone owns now: jobs that work on this very store, or another tab or process. */
  owned(): Promise<ReadonlyMap<OwnedName, 'here' | 'elsewhere'>>;
}

/** Does work as the only one that has any of the names. @throws LabError `in-use`, before any work, when anyone has one of them */
export function ownAll<T>(ownership: Ownership, names: readonly OwnedName[], work: () => Promise<T>): Promise<T> {
  return names.reduceRight<() => Promise<T>>((inner, name) => () => ownership.own(name, inner), work)();
}

/** What pending work gives; null where another has what it needs. */
export async function unlessInUse<T>(pending: Promise<T>): Promise<T | null> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof LabError && error.code === 'in-use') return null;
    throw error;
  }
}

export type Hold = 'own' | 'share';

/** Takes a name if that can be done at once, and gives what lets it go; or says who has it, as far as that is known. */
export type TakeName = (
  name: OwnedName,
  hold: Hold,
) => Promise<{ letGo: () => Promise<void> } | { heldBy: string | null }>;

/** How long somebody who only looks something up may have it. */
const defaultPatienceMs = 1000;
/** Between two tries; by chance, so that two that start at once do not hinder each other for ever. */
const leastWaitMs = 10;
const mostWaitMs = 60;

/**
 * Ownership by whatever can take a name at once.
 *
 * @param listOwned the names that anyone owns now
 * @param patienceMs how long one that is taken is tried again
 */
export function createOwnership(
  take: TakeName,
  listOwned: () => Promise<Iterable<OwnedName>>,
  patienceMs = defaultPatienceMs,
): Ownership {
  const ownedHere = new Set<OwnedName>();

  async function takeInTime(name: OwnedName, hold: Hold) {
    const lastMs = performance.now() + patienceMs;
    for (;;) {
      const taken = await take(name, hold);
      if ('letGo' in taken) return taken.letGo;
      if (performance.now() > lastMs) throw inUse(name, taken.heldBy);
      await wait(leastWaitMs + Math.random() * (mostWaitMs - leastWaitMs));
    }
  }

  return {
    async own(name, work) {
      const letGo = await takeInTime(name, 'own');
      ownedHere.add(name);
      try {
        return await work();
      } finally {
        ownedHere.delete(name);
        await letGo();
      }
    },
    async share(name, work) {
      const letGo = await takeInTime(name, 'share');
      try {
        return await work();
      } finally {
        await letGo();
      }
    },
    async owned() {
      const names = [...(await listOwned())];
      return new Map(names.map((name) => [name, ownedHere.has(name) ? 'here' : 'elsewhere']));
    },
  };
}

/** Ownership among the jobs of one engine alone: for tests, and where nobody else can reach the store. */
export function createLocalOwnership(patienceMs = defaultPatienceMs): Ownership {
  const owners = new Set<OwnedName>();
  const users = new Map<OwnedName, number>();
  const used = (name: OwnedName) => users.get(name) ?? 0;
  const take: TakeName = async (name, hold) => {
    if (owners.has(name) || (hold === 'own' && used(name) > 0)) return { heldBy: null };
    if (hold === 'own') owners.add(name);
    else users.set(name, used(name) + 1);
    return {
      async letGo() {
        if (hold === 'own') owners.delete(name);
        else users.set(name, used(name) - 1);
      },
    };
  };
  return createOwnership(take, async () => owners, patienceMs);
}

/** What is told to whoever wants what another has. */
function inUse(name: OwnedName, heldBy: string | null): LabError {
  const slash = name.indexOf('/');
  const kind = kindWords[name.slice(0, slash) as keyof typeof kindWords];
  return new LabError({
    code: 'in-use',
    message: `The ${kind} ${name.slice(slash + 1)} is in use by ${heldBy ?? 'another tab or job of the lab'}.`,
    hint: 'Wait until it has ended, or end it there, and try again.',
    details: { name, ...(heldBy !== null && { heldBy }) },
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
