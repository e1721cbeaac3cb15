import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** How a table or set of images should be read; what is left out is not checked. */
const expectedReading = z.object({
  rows: z.optional(z.number()),
  samples: z.optional(z.number()),
  leftOut: z.optional(z.number()),
  used: z.optional(z.number()),
  classes: z.optional(z.array(z.string())),
  accuracy: z.optional(z.number()),
  accuracyAtHalf: z.optional(z.number()),
  /** Samples of each group, whatever the groups are called. */
  groups: z.optional(z.record(z.string(), z.number())),
  /** A refusal is not enough. */
  mustRead: z.optional(z.boolean()),
  /** In words: what to look at where no number can tell. */
  note: z.optional(z.string()),
  finding: z.optional(z.string()),
  mustBe: z.optional(z.string()),
  ignored: z.optional(z.string()),
});
export type ExpectedReading = z.infer<typeof expectedReading>;

/** The readings that `expected.json` in a folder of cases gives, by the path of each case. */
export async function readExpected(folder: string): Promise<Map<string, ExpectedReading>> {
  const path = join(folder, 'expected.json');
  if (!existsSync(path)) return new Map();
  const json: unknown = JSON.parse(await readFile(path, 'utf8'));
  return new Map(Object.entries(z.record(z.string(), expectedReading).parse(json)));
}

/** In short, for a row of the list. */
export function describeExpected(expected: ExpectedReading | undefined): string {
  return expected ? JSON.stringify(expected) : 'no reading given';
}
