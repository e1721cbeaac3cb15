import * as z from 'zod/mini';
import { LabError } from '../foundation/labError';
import { fineTuneOnly } from './fineTuneOnly';
import { highestSnnl } from './highestSnnl';
import type { Importance } from './importance';
import { lowestL1 } from './lowestL1';
import { lowestSkewness } from './lowestSkewness';
import { random } from './random';
import { snnl } from './snnl';

/** The importance that a run is about; every other arm of the run is a control that it is compared with. */
export const subjectImportance = snnl;

/** The arms of a run whose settings name none. */
export const defaultArms: readonly string[] = [snnl, random, fineTuneOnly].map(({ id }) => id);

/** Ids stand in names of files and models. */
const idRule = 'must be of at most 64 lower-case letters and digits, with single hyphens between them';
const idError = ({ input }: { input?: unknown }) => `${idRule}, not ${inWords(input)}`;
const unknownError = ({ input }: { input?: unknown }) =>
  `must be one of ${importanceIds().join(', ')}, not ${inWords(input)}`;

/** Schema of an id as a record can name it, registered here or not. */
export const importanceIdSchema = z
  .string({ error: idError })
  .check(z.maxLength(64, { error: idError }), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: idError }));

/** Schema of the id of an importance that is registered by the time a value is checked. */
export const registeredImportanceSchema = z
  .string({ error: unknownError })
  .check(z.refine((id) => registry.has(id), { error: unknownError }));

/** In the order in which forms, flags and legends have them. */
const registry = new Map<string, Importance>();
registerImportance(snnl);
registerImportance(random);
registerImportance(fineTuneOnly);
registerImportance(lowestL1);
registerImportance(highestSnnl);
registerImportance(lowestSkewness);

/**
 * Makes an importance known: from then on settings, forms, flags, records, tables and figures have it.
 * @throws LabError `importance-doubled` for an id that is taken; `config-invalid` for one that is no id
 */
export function registerImportance(importance: Importance): void {
  const { id, label } = importance;
  if (!importanceIdSchema.safeParse(id).success) {
    throw new LabError({
      code: 'config-invalid',
      message: `The importance "${label}" has the id "${id}", which is none.`,
      hint: `Its id ${idRule}.`,
      details: { id },
    });
  }
  if (registry.has(id)) {
    throw new LabError({
      code: 'importance-doubled',
      message: `There are two importances with the id "${id}".`,
      hint: 'Give one of them another id.',
      details: { id },
    });
  }
  registry.set(id, importance);
}

/** All that are registered. */
export function listImportances(): Importance[] {
  return [...registry.values()];
}

/** Ids of all that are registered. */
export function importanceIds(): string[] {
  return [...registry.keys()];
}

/** @throws LabError `importance-not-found`, naming those that there are */
export function findImportance(id: string): Importance {
  const found = registry.get(id);
  if (found) return found;
  throw new LabError({
    code: 'importance-not-found',
    message: `This lab knows no importance "${id}": the arm can be shown, and not be computed.`,
    hint: `It knows ${importanceIds().join(', ')}. Use the version of the lab that wrote the run, or register the importance in src/importance.`,
    details: { id },
  });
}

/** What an arm is called; one of an importance that is not registered, by its id. */
export function importanceLabel(id: string): string {
  return registry.get(id)?.label ?? id;
}

/** What an importance ranks by and which channels go first, in sentences. */
export function describeImportance({ meaning, firstToGo }: Pick<Importance, 'meaning' | 'firstToGo'>): string {
  return firstToGo === null ? meaning : `${meaning} First to go: ${firstToGo}.`;
}

/** Whether an arm only fine-tunes. Of an importance that is not registered it is not known, and taken for no. */
export function prunesNothing(id: string): boolean {
  return registry.get(id)?.rank === null;
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `of the type ${typeof value}`;
}
