import * as z from 'zod/mini';
import { appliedMappingSchema } from '../dataset/mapping/parseMapping';
import type { DatasetId, ModelId, RunId } from '../foundation/ids';
import { imageFitSchema } from '../foundation/imageFit';
import { LabError, labErrorCodes } from '../foundation/labError';
import { registryIdSchema } from '../foundation/registry';
import { type PruningPlan, pruningModes } from '../model/labModel';
import { modelSummarySchema } from '../model/modelSummary';
import { snnlOptionsSchema } from '../snnl/snnlOptions';
import { baselineOriginSchema } from './baselineOrigin';
import { contests, evaluation } from './evaluationSchema';
import { checkRecord } from './recordCheck/checkRecord';
import { reviseRecord } from './reviseRecord';
import { demoSettings, storedRunConfigSchema } from './runConfig';
import type { Environment, RecordOrigin, RunRecord, TestLook } from './runRecord';

const number = z.number();
const count = z.int().check(z.gte(0));
const numbers = z.array(number);
const text = z.string();
const texts = z.array(text);
/** Scores may be undefined; JSON has no NaN and writes null. */
const scores = z.array(
  z.pipe(
    z.nullable(number),
    z.transform((value) => value ?? Number.NaN),
  ),
);

const id = <T extends string>() => z.custom<T>((value) => typeof value === 'string' && value.length > 0);
const pair = z.tuple([text, text]);

const channelScores = z.object({
  layer: text,
  scores,
  standardErrors: z.array(z.nullable(number)),
  temperatures: scores,
  originalChannels: numbers,
  batchesUsed: count,
  batchesWithoutScore: count,
  imagesUsed: count,
  mapHeight: count,
  mapWidth: count,
  options: snnlOptionsSchema,
});

const edits = z.array(
  z.object({
    layer: text,
    weight: text,
    axis: count,
    keep: numbers,
    shapeBefore: numbers,
    shapeAfter: numbers,
  }),
);
const cost = { parametersBefore: count, parametersAfter: count, macsBefore: count, macsAfter: count };
const target = { layer: text, remove: numbers, keep: numbers };

const plan = z.object({
  mode: z.enum(pruningModes),
  targets: z.array(z.object(target)),
  layers: z.array(
    z.object({
      layer: text,
      kind: text,
      role: z.enum(['target', 'coupled', 'follows', 'carries', 'reads', 'selects']),
      readsFrom: texts,
      channelsBefore: count,
      channelsAfter: count,
      ...cost,
    }),
  ),
  selections: z.array(
    z.object({
      layer: text,
      kind: z.enum(['Conv2D', 'Dense']),
      source: text,
      join: text,
      operand: count,
      channelsIn: count,
      keep: numbers,
    }),
  ),
  edits,
  ...cost,
});

/** Plans of records from before there were several modes and targets. */
const earlierPlan = z.pipe(
  z.object({ ...target, edits, ...cost }),
  z.transform(({ layer, remove, keep, ...rest }): PruningPlan => {
    return { mode: 'tail', targets: [{ layer, remove, keep }], layers: [], selections: [], ...rest };
  }),
);

export const roundSchema = z.object({
  round: count,
  plan: z.nullable(z.union([plan, earlierPlan])),
  prunedOriginal: numbers,
  channelsLeft: count,
  parameters: count,
  macs: count,
  bytes: count,
  history: z.array(
    z.object({
      epoch: count,
      learningRate: number,
      trainLoss: number,
      validationLoss: number,
      validationAccuracy: number,
      warning: z.optional(z.nullable(z.enum(['one-class', 'loss-rose']))),
    }),
  ),
  fineTuning: z.optional(
    z.object({
      endedBy: z.enum(['epochs', 'early-stopping', 'finish-now']),
      keptEpoch: z.nullable(count),
      notes: texts,
    }),
  ),
  evaluation,
  scoresAfter: channelScores,
  modelId: id<ModelId>(),
  elapsedMs: number,
});

const noLimits = { bytes: null, tensorBytes: null };

const selfTest = z.object({
  checks: count,
  failures: z.array(
    z.object({ check: text, part: z.nullable(text), relativeError: z.nullable(number), message: text }),
  ),
  elapsedMs: count,
});

export const environmentSchema: z.ZodMiniType<Environment> = z.object({
  backend: z.enum(['webgpu', 'wasm', 'cpu']),
  device: text,
  reason: text,
  labVersion: text,
  host: z.optional(text),
  tfjsVersion: text,
  memory: z._default(z.object({ bytes: z.nullable(count), tensorBytes: z.nullable(count) }), noLimits),
  selfTest: z._default(z.nullable(selfTest), null),
  storeNote: z.optional(text),
});

export const originSchema: z.ZodMiniType<RecordOrigin> = z.object({ kind: z.enum(['imported', 'merged']), at: text });

export const errorSchema = z.nullable(
  z.object({
    code: z.enum(labErrorCodes),
    stage: z.optional(text),
    message: text,
    hint: text,
    details: z.optional(z.record(text, z.union([text, number, z.boolean(), z.null()]))),
    cause: z.optional(text),
  }),
);

/** Where the stop rule fired in an arm. */
export const stopSchema = z.nullable(
  z.object({ round: count, reason: z.enum(['accuracy-drop', 'no-fairness-gain', 'rounds-done']) }),
);

export const testLookSchema: z.ZodMiniType<TestLook> = z.object({
  at: text,
  baseline: evaluation,
  arms: z.array(z.object({ arm: registryIdSchema, round: count, evaluation })),
  contests,
});

export const runRecordSchema: z.ZodMiniType<RunRecord> = z.object({
  schema: z.literal('snnl-fair-lab/run'),
  schemaVersion: z.literal(1),
  id: id<RunId>(),
  createdAt: text,
  updatedAt: text,
  status: z.enum(['running', 'finished', 'cancelled', 'failed']),
  error: errorSchema,
  endedEarly: z.optional(z.boolean()),
  config: storedRunConfigSchema,
  layer: text,
  environment: environmentSchema,
  dataset: z.object({
    id: id<DatasetId>(),
    name: text,
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('demo'), settings: demoSettings }),
      z.object({ kind: z.literal('import'), files: texts }),
    ]),
    imageSize: count,
    imageFit: z.optional(imageFitSchema),
    decoder: z.optional(text),
    classNames: texts,
    groupNames: pair,
    sensitiveAttribute: text,
    splitHashes: z.object({ train: text, validation: text, test: text }),
    mapping: z._default(z.nullable(appliedMappingSchema), null),
    counts: z.object({ train: z.array(numbers), validation: z.array(numbers), test: z.array(numbers) }),
  }),
  model: modelSummarySchema,
  baselineOrigin: z.optional(baselineOriginSchema),
  baseline: z.object({ evaluation, scores: channelScores }),
  origin: z.optional(originSchema),
  arms: z.array(
    z.object({
      arm: registryIdSchema,
      rounds: z.array(roundSchema),
      stop: stopSchema,
      chosenRound: count,
    }),
  ),
  contests,
  testLooks: z.array(testLookSchema),
});

/**
 * Reads a run record from a file: its shape, then what it means, see {@link checkRecord}. What an earlier version reported
 * and this one would not is taken back, see {@link reviseRecord}.
 *
 * @param json text of the file
 * @throws LabError `record-invalid`, naming the first field that is wrong, what it is and what it should be, or the version
 *   that this lab cannot read
 */
export function parseRunRecord(json: string): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw invalid('The file is not JSON.', 'Choose a run.json that the lab has written.', cause);
  }
  const parsed = runRecordSchema.safeParse(value);
  if (parsed.success) {
    checkRecord(parsed.data);
    return reviseRecord(parsed.data);
  }
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.');
  if (field === 'schema') throw invalid('The file is not a run record.', 'Choose a run.json that the lab has written.');
  if (field === 'schemaVersion') {
    throw invalid(
      'The run record has a version that this lab cannot read.',
      'Open it with the version of the lab that wrote it.',
    );
  }
  throw invalid(
    `The run record's field "${field || '(top level)'}" is not valid: ${issue.message}.`,
    'Export the record again.',
  );
}

/** The record as text; undefined scores become null. */
export function formatRunRecord(record: RunRecord): string {
  return JSON.stringify(record);
}

function invalid(message: string, hint: string, cause?: unknown): LabError {
  return new LabError({ code: 'record-invalid', message, hint, cause });
}
