import { createRegistry, registeredIdSchema } from '../foundation/registry';
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

/** Every importance, in the order in which forms, flags and legends have them. */
export const importances = createRegistry<Importance>({
  kind: 'importance',
  doubled: 'importance-doubled',
  notFound: 'importance-not-found',
  advice:
    'An arm of another one can be shown and not be computed: use the version of the lab that wrote the run, or register the importance in src/importance.',
});
importances.register(snnl);
importances.register(random);
importances.register(fineTuneOnly);
importances.register(lowestL1);
importances.register(highestSnnl);
importances.register(lowestSkewness);

/** Schema of the id of an importance that is registered by the time a value is checked. */
export const registeredImportanceSchema = registeredIdSchema(importances);

/** What an arm is called; one of an importance that is not registered, by its id. */
export function importanceLabel(id: string): string {
  return importances.get(id)?.label ?? id;
}

/** What an importance ranks by and which channels go first, in sentences. */
export function describeImportance({ meaning, firstToGo }: Pick<Importance, 'meaning' | 'firstToGo'>): string {
  return firstToGo === null ? meaning : `${meaning} First to go: ${firstToGo}.`;
}

/** Whether an arm only fine-tunes. Of an importance that is not registered it is not known, and taken for no. */
export function prunesNothing(id: string): boolean {
  return importances.get(id)?.rank === null;
}
