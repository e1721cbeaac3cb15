import * as z from 'zod/mini';
import { modelId } from '../foundation/ids';
import { registryIdSchema } from '../foundation/registry';
import type { MethodChoice, MethodTraits } from './labModel';

const settings = z.record(z.string(), z.unknown());
const names = z.array(z.string()).check(z.minLength(1));

export const methodChoiceSchema: z.ZodMiniType<MethodChoice> = z.object({
  id: registryIdSchema,
  settings,
  teacherId: z.optional(z.pipe(z.string().check(z.minLength(1)), z.transform(modelId))),
});

/** Fields of a schema for what a method adds to a model. */
export const methodTraitFields = {
  method: z.optional(methodChoiceSchema),
  groupInput: z.optional(z.object({ attribute: z.string(), names })),
  outputNames: z.optional(names),
  readout: z.optional(z.object({ id: registryIdSchema, settings })),
};

/** What a method has added to a model; fields that are absent there are absent here. */
export function methodTraits({ method, groupInput, outputNames, readout }: MethodTraits): MethodTraits {
  return {
    ...(method && { method }),
    ...(groupInput && { groupInput }),
    ...(outputNames && { outputNames }),
    ...(readout && { readout }),
  };
}
