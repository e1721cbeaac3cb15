import * as z from 'zod/mini';
import { parsePlan } from '../model/architectures/architecturePlan';
import {
  type ArchitectureSpec,
  architectureNames,
  channelCounts,
  headKinds,
  type MethodChoice,
} from '../model/labModel';
import { methodChoiceSchema } from '../model/methodTraits';
import type { TrainSettings } from '../training/trainSettings';
import { trainSettingsSchema } from './runConfig';

/** Where the unpruned model of a run came from, so that it can be had again. */
export type BaselineOrigin =
  /** Trained from scratch on the training split of the run's own dataset. */
  | {
      kind: 'trained';
      architecture: ArchitectureSpec;
      method?: MethodChoice;
      settings: TrainSettings;
      seed: number;
      keptEpoch: number | null;
    }
  /** Read from files; `sha256` is of their bytes, in hex. */
  | { kind: 'files'; files: { name: string; sha256: string }[] }
  /** The network that was trained on the demo at this position of its dial. */
  | { kind: 'demo-baseline'; bias: number };

const count = z.int().check(z.gte(0));
const use = { imageSize: count, channels: z.optional(z.literal(channelCounts)), classCount: count, seed: z.int() };
const plan = z.custom<Extract<ArchitectureSpec, { plan: unknown }>['plan']>(isPlan);

export const baselineOriginSchema: z.ZodMiniType<BaselineOrigin> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('trained'),
    architecture: z.union([
      z.object({
        name: z.enum(architectureNames),
        widthMultiplier: z.number(),
        head: z.optional(z.enum(headKinds)),
        ...use,
      }),
      z.object({ plan, ...use }),
    ]),
    method: z.optional(methodChoiceSchema),
    settings: trainSettingsSchema,
    seed: z.int(),
    keptEpoch: z.nullable(count),
  }),
  z.object({
    kind: z.literal('files'),
    files: z.array(z.object({ name: z.string(), sha256: z.string() })),
  }),
  z.object({ kind: z.literal('demo-baseline'), bias: z.number() }),
]);

function isPlan(value: unknown): boolean {
  try {
    parsePlan(value);
    return true;
  } catch {
    return false;
  }
}
