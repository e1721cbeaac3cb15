import * as z from 'zod/mini';
import type { ArtifactKind } from '../artifacts/artifact';
import type { DatasetId, ModelId, RunId } from '../foundation/ids';
import type { LabErrorData } from '../foundation/labError';
import { importanceIdSchema } from '../importance/importances';
import { type BaselineOrigin, baselineOriginSchema } from './baselineOrigin';
import type { FoldedRun } from './foldRun';
import { environmentSchema, errorSchema, originSchema, stopSchema } from './parseRunRecord';
import { type RunConfig, storedRunConfigSchema } from './runConfig';
import type { ArmRecord, Environment, RecordOrigin, RunRecord } from './runRecord';

/**
 * The small part of a stored run: what a list shows of it, and what it takes to compute again whatever of its journal gets
 * damaged. It follows from the journal and is written after it.
 */
export interface RunHead {
  id: RunId;
  createdAt: string;
  updatedAt: string;
  status: RunRecord['status'];
  error: LabErrorData | null;
  config: RunConfig;
  layer: string;
  /** Where the unpruned model came from, where that is known. */
  baselineOrigin?: BaselineOrigin;
  /** Of a record that was not, or not all, computed here. */
  origin?: RecordOrigin;
  environment: Environment;
  dataset: { id: DatasetId; name: string };
  model: { id: ModelId; name: string };
  arms: HeadArm[];
  /** Times of the looks at the test split. */
  testLooks: string[];
  /** Whether the run has come to its end at any time. */
  hasFinished: boolean;
  /** Bytes of the journal that it follows from; another number means that it is older than the journal. */
  journalBytes: number;
}

/** An arm as a list shows it. */
export interface HeadArm extends Pick<ArmRecord, 'arm' | 'stop' | 'chosenRound'> {
  /** The number of the last finished round. */
  roundsDone: number;
}

const text = z.string();
const count = z.int().check(z.gte(0));
const id = <T extends string>() => z.custom<T>((value) => typeof value === 'string' && value.length > 0);

export const runHeadKind: ArtifactKind<RunHead> = {
  kind: 'run',
  version: 1,
  schema: z.object({
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
    arms: z.array(z.object({ arm: importanceIdSchema, roundsDone: count, stop: stopSchema, chosenRound: count })),
    testLooks: z.array(text),
    hasFinished: z.boolean(),
    journalBytes: count,
  }),
};

/**
 * The head of a run. What an earlier head knows of rounds and looks stays known, so that a damaged journal is seen to be.
 */
export function headOf(
  record: RunRecord,
  {
    hasFinished,
    journalBytes,
    before,
  }: Pick<FoldedRun, 'hasFinished'> & { journalBytes: number; before: RunHead | null },
): RunHead {
  const {
    id,
    createdAt,
    updatedAt,
    status,
    error,
    config,
    layer,
    baselineOrigin,
    origin,
    environment,
    dataset,
    model,
  } = record;
  return {
    id,
    createdAt,
    updatedAt,
    status,
    error,
    config,
    layer,
    ...(baselineOrigin && { baselineOrigin }),
    ...(origin && { origin }),
    environment,
    dataset: { id: dataset.id, name: dataset.name },
    model: { id: model.id, name: model.name },
    arms: record.arms.map(({ arm, rounds, stop, chosenRound }) => {
      const known = before?.arms.find((earlier) => earlier.arm === arm);
      return known && known.roundsDone > rounds.length ? known : { arm, roundsDone: rounds.length, stop, chosenRound };
    }),
    testLooks: [...new Set([...(before?.testLooks ?? []), ...record.testLooks.map(({ at }) => at)])].sort(),
    hasFinished: hasFinished || (before?.hasFinished ?? false),
    journalBytes,
  };
}
