import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { describeRange } from './describeRange';

it.each<[string, z.ZodMiniType<number>]>([
  ['whole number', z.int()],
  ['whole number from 0', z.int().check(z.gte(0))],
  ['whole number from 16 to 512', z.int().check(z.gte(16), z.lte(512))],
  ['whole number up to 9', z.int().check(z.lte(9))],
  ['number', z.number()],
  ['number above 0 and up to 1', z.number().check(z.gt(0), z.lte(1))],
  ['number above 0 and below 1', z.number().check(z.positive(), z.lt(1))],
  ['number from 0 and below 1', z.number().check(z.gte(0), z.lt(1))],
])('says %s', (words, schema) => {
  expect(describeRange(schema)).toBe(words);
});
