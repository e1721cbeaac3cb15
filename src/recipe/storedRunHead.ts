import * as z from 'zod/mini';
import type { ArtifactKind } from '../artifacts/artifact';
import type { DatasetId, ModelId, RunId } from '../foundation/ids';
import { registryIdSchema } from '../foundation/registry';
import { baselineOriginSchema } from './baselineOrigin';
import { findRunDamage, type RunDamage } from './findRunDamage';
import type { FoldedRun } from './foldRun';
import type { KnownArm, KnownRun } from './knownRun';
import { environmentSchema, errorSchema, originSchema, stopSchema } from './parseRunRecord';
import { storedRunConfigSchema } from './runConfig';
import { type ArmHead, type RoundHead, type RunHead, runHeadOf } from './runHead';

/** The head of a stored run. It follows from the journal and is written after it. */
export interface StoredRunHead extends KnownRun, RunHead {
  dataset: RunHead['dataset'];
  arms: (KnownArm & ArmHead)[];
  /** Models of rounds that are not kept here, on purpose, and those that were found to be damaged. */
  absentModels: ModelId[];
  damagedModels: ModelId[];
  /** What of the journal was found to be damaged or missing when it was read last. */
  lost: JournalDamage;
}

/** What is not as it was written of a journal alone. */
export type JournalDamage = Omit<RunDamage, 'models'>;

const text = z.string();
const number = z.number();
const count = z.int().check(z.gte(0));
const id = <T extends string>() => z.custom<T>((value) => typeof value === 'string' && value.length > 0);
const criteria = <T extends z.ZodMiniType>(value: T) => z.object({ eopp0: value, eopp1: value, eodd: value });
const interval = z.object({ low: number, high: number });

const evaluation = z.object({
  report: z.object({
    n: count,
    rows: z.object({ f1: z.object({ avg: number }) }),
    eopp0: number,
    eopp1: number,
    eodd: number,
  }),
  fate: z.nullable(criteria(z.nullable(number))),
  bootstrap: z.nullable(
    z.object({
      intervals: z.object({ f1Avg: interval, eopp0: interval, eopp1: interval, eodd: interval }),
      fate: z.nullable(criteria(z.nullable(interval))),
    }),
  ),
});

const round: z.ZodMiniType<RoundHead> = z.object({
  round: count,
  modelId: id<ModelId>(),
  bytes: count,
  evaluation,
  fineTuning: z.optional(z.object({ endedBy: z.enum(['epochs', 'early-stopping', 'finish-now']) })),
});

const knownArm = { arm: registryIdSchema, roundsDone: count, stop: stopSchema, chosenRound: count };
const roundName = z.object({ arm: registryIdSchema, round: count });

const known = {
  id: id<RunId>(),
  createdAt: text,
  updatedAt: text,
  status: z.enum(['running', 'finished', 'cancelled', 'failed']),
  error: errorSchema,
  config: storedRunConfigSchema,
  layer: text,
  baselineOrigin: z.optional(baselineOriginSchema),
  origin: z.optional(originSchema),
  environment: environmentSchema,
  dataset: z.object({ id: id<DatasetId>(), name: text }),
  model: z.object({ id: id<ModelId>(), name: text }),
  arms: z.array(z.object(knownArm)),
  testLooks: z.array(text),
  hasFinished: z.boolean(),
  journalBytes: count,
};

const knownSchema: z.ZodMiniType<KnownRun> = z.object(known);

const storedSchema: z.ZodMiniType<StoredRunHead> = z.object({
  ...known,
  endedEarly: z.optional(z.boolean()),
  dataset: z.object({
    id: id<DatasetId>(),
    name: text,
    classNames: z.array(text),
    groupNames: z.tuple([text, text]),
    sensitiveAttribute: text,
    splitHashes: z.object({ train: text, validation: text, test: text }),
  }),
  baseline: z.object({ evaluation }),
  arms: z.array(z.object({ ...knownArm, rounds: z.array(round) })),
  absentModels: z.array(id<ModelId>()),
  damagedModels: z.array(id<ModelId>()),
  lost: z.object({
    isOpeningLost: z.boolean(),
    rounds: z.array(roundName),
    looks: z.array(text),
    isEndLost: z.boolean(),
  }),
});

/** The head of a run as it is stored: of an earlier version without what a list shows. */
export const runHeadKind: ArtifactKind<StoredRunHead | KnownRun> = {
  kind: 'run',
  version: 1,
  schema: z.union([storedSchema, knownSchema]),
};

/** Whether a head says what a list shows. */
export function isListed(head: KnownRun | null): head is StoredRunHead {
  return head !== null && 'lost' in head;
}

/**
 * The head of a run. What an earlier head knows of rounds and looks stays known, so that a damaged journal is seen to be.
 *
 * @param run whose opening is whole
 */
export function headOf(run: FoldedRun, journalBytes: number, before: KnownRun | null): StoredRunHead {
  const record = run.record!;
  const { baselineOrigin, environment } = record;
  const shown = runHeadOf(record);
  const head: Omit<StoredRunHead, 'lost'> = {
    ...shown,
    ...(baselineOrigin && { baselineOrigin }),
    environment,
    arms: shown.arms.map((arm) => {
      const known = before?.arms.find((earlier) => earlier.arm === arm.arm)?.roundsDone ?? 0;
      return { ...arm, roundsDone: Math.max(known, arm.rounds.length) };
    }),
    testLooks: [...new Set([...(before?.testLooks ?? []), ...record.testLooks.map(({ at }) => at)])].sort(),
    hasFinished: run.hasFinished || (before?.hasFinished ?? false),
    absentModels: [...run.absentModels],
    damagedModels: [...run.damagedModels],
    journalBytes,
  };
  return { ...head, lost: findJournalDamage(run, head) };
}

/** What is damaged of a journal, beside what its head knows. */
export function findJournalDamage(run: FoldedRun, head: KnownRun): JournalDamage {
  const { models: _, ...lost } = findRunDamage(run, head, () => true);
  return lost;
}

/** What is damaged of a run, as its head tells it, and by the models that are stored. */
export function damageOf(
  { lost, arms, absentModels, damagedModels }: StoredRunHead,
  models: ReadonlySet<ModelId>,
): RunDamage {
  const isLost = ({ modelId }: RoundHead) =>
    !absentModels.includes(modelId) && (damagedModels.includes(modelId) || !models.has(modelId));
  return {
    ...lost,
    models: arms.flatMap(({ arm, rounds }) =>
      rounds.filter(isLost).map(({ round, modelId }) => ({ arm, round, modelId })),
    ),
  };
}
