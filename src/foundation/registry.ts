import * as z from 'zod/mini';
import { LabError, type LabErrorCode } from './labError';

/** What a registry holds: something that records name by its id and people by its label. */
interface Entry {
  /** Lower-case letters and digits, with single hyphens between them: it stands in names of files and models. Never changed. */
  readonly id: string;
  readonly label: string;
}

/** Things of one kind by their ids, in the order in which they were registered: that of forms, flags and tables. */
export interface Registry<Kind extends Entry> {
  /** Makes it known. @throws LabError the code `doubled` for an id that is taken; `config-invalid` for one that is no id */
  register(entry: Kind): void;
  list(): Kind[];
  ids(): string[];
  /** Null when there is none. */
  get(id: string): Kind | null;
  /** @throws LabError the code `notFound`, naming the ids that there are */
  find(id: string): Kind;
}

/** How a registry speaks of what it holds. */
interface RegistryWords {
  /** `method`, `importance`. */
  kind: string;
  doubled: LabErrorCode;
  notFound: LabErrorCode;
  /** What to do about one that is not there, after the list of those that are: `Use …`. */
  advice: string;
}

const idRule = 'must be of at most 64 lower-case letters and digits, with single hyphens between them';
const idError = ({ input }: { input?: unknown }) => `${idRule}, not ${inWords(input)}`;

/** Schema of an id as a record can name it, registered here or not. */
export const registryIdSchema = z
  .string({ error: idError })
  .check(z.maxLength(64, { error: idError }), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: idError }));

export function createRegistry<Kind extends Entry>({ kind, doubled, notFound, advice }: RegistryWords): Registry<Kind> {
  const entries = new Map<string, Kind>();
  const ids = () => [...entries.keys()];
  return {
    register(entry) {
      const { id, label } = entry;
      if (!registryIdSchema.safeParse(id).success) {
        throw new LabError({
          code: 'config-invalid',
          message: `The ${kind} "${label}" has the id "${id}", which is none.`,
          hint: `Its id ${idRule}.`,
          details: { id },
        });
      }
      if (entries.has(id)) {
        throw new LabError({
          code: doubled,
          message: `There are two ${kind}s with the id "${id}".`,
          hint: 'Give one of them another id.',
          details: { id },
        });
      }
      entries.set(id, entry);
    },
    list: () => [...entries.values()],
    ids,
    get: (id) => entries.get(id) ?? null,
    find(id) {
      const found = entries.get(id);
      if (found) return found;
      throw new LabError({
        code: notFound,
        message: `This lab knows no ${kind} "${id}".`,
        hint: `It knows ${ids().join(', ')}. ${advice}`,
        details: { id },
      });
    },
  };
}

/** Schema of the id of something that is registered by the time a value is checked. */
export function registeredIdSchema(registry: Pick<Registry<Entry>, 'ids' | 'get'>) {
  const error = ({ input }: { input?: unknown }) =>
    `must be one of ${registry.ids().join(', ')}, not ${inWords(input)}`;
  return z.string({ error }).check(z.refine((id) => registry.get(id) !== null, { error }));
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `of the type ${typeof value}`;
}
