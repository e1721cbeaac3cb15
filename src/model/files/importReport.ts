import * as z from 'zod/mini';

/** What became of one layer, or of one tensor of the files, when a model was read. */
const importLineSchema = z.object({
  /** Name in the lab's network; for what was left out, the name in the files. */
  layer: z.string(),
  /** `mapped` as it is; `repaired`: changed so that it fits or works here; `unused`: in the files, but not needed. */
  status: z.enum(['mapped', 'repaired', 'unused']),
  /** Where it comes from and what was done, in words. */
  detail: z.string(),
});
export type ImportLine = z.infer<typeof importLineSchema>;

/** A network's outputs on the images that lay beside it, compared with the outputs that a table beside it expects. */
const sampleProofSchema = z.object({
  /** How many were compared; 0 when they could not be. */
  images: z.int().check(z.gte(0)),
  /** Relative to the largest expected value where that is above 1; null when nothing could be compared. */
  largestDifference: z.nullable(z.number()),
  /** What the table gives. */
  of: z.enum(['logits', 'probabilities']),
  agrees: z.boolean(),
  /** Where the samples were, and what followed from them, in words. */
  note: z.string(),
});
export type SampleProof = z.infer<typeof sampleProofSchema>;

/** What was found in a model's files and what was made of it, layer by layer. What is refused is an error instead. */
export const importReportSchema = z.object({
  /** `tfjs layers model`, `Keras 3 archive (.keras)`, `PyTorch checkpoint (zip)`, … */
  format: z.string(),
  /** What the files hold, in one sentence. */
  found: z.string(),
  lines: z.array(importLineSchema),
  /** What the files do not say and the user has confirmed. */
  assumed: z.optional(
    z.array(z.object({ key: z.string(), question: z.string(), value: z.string(), label: z.string() })),
  ),
  /** What the network said of images that lay beside it, against what was expected of it. */
  samples: z.optional(sampleProofSchema),
});
export type ImportReport = z.infer<typeof importReportSchema>;
