import type { LabError } from '../../foundation/labError';
import { modelUnreadable } from '../files/modelUnreadable';
import { constantNumbers } from './constantNumbers';

export type Pair = [number, number];
/** Before and after, of height and of width. */
export type Sides = [Pair, Pair];

/** Settings that every layer may have and that change nothing of what it computes when it predicts. */
const harmless = [
  'name',
  'trainable',
  'dtype',
  'autocast',
  'batch_shape',
  'batch_input_shape',
  'input_shape',
  'input_dim',
  'input_dtype',
];

/**
 * The settings of one layer of a file, read one by one. Whoever has read all that it knows calls `refuseRest`: what is
 * left would be passed over.
 */
export class LayerSettings {
  readonly #config: Readonly<Record<string, unknown>>;
  readonly #read = new Set(harmless);
  /** Settings that act in training only, and are not kept. */
  readonly leftOut: string[] = [];

  constructor(
    readonly path: string,
    readonly kind: string,
    readonly name: string,
    config: Readonly<Record<string, unknown>>,
  ) {
    this.#config = config;
  }

  /** The value as it stands in the file; undefined when it is left out or null. */
  value(key: string): unknown {
    this.#read.add(key);
    return Object.hasOwn(this.#config, key) ? (this.#config[key] ?? undefined) : undefined;
  }

  /** A finite number. */
  number(key: string, usual?: number): number {
    const value = constantNumbers(this.value(key)) ?? this.value(key) ?? usual;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.refused(key);
  }

  /** A whole number from 1. */
  count(key: string): number {
    const value = this.number(key);
    if (Number.isInteger(value) && value > 0) return value;
    throw this.refused(key);
  }

  flag(key: string, usual: boolean): boolean {
    const value = this.value(key) ?? usual;
    if (typeof value === 'boolean') return value;
    // Older versions write 0 and 1.
    if (value === 0 || value === 1) return value === 1;
    throw this.refused(key);
  }

  /** One of some words, the first of which is meant when it is left out. */
  word<T extends string>(key: string, words: readonly [T, ...T[]]): T {
    const value = this.value(key) ?? words[0];
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    throw this.refused(key);
  }

  /** Two whole numbers from 1, for height and width; a single one stands for both. */
  pair(key: string, usual?: Pair): Pair {
    const value = this.value(key) ?? usual;
    const pair = Array.isArray(value) ? value : [value, value];
    if (pair.length === 2 && pair.every((side) => Number.isInteger(side) && side > 0)) return pair as Pair;
    throw this.refused(key);
  }

  /** Whole numbers from 0: one, two (height, width), or two pairs (before, after). */
  sides(key: string, usual: number): Sides {
    const value = this.value(key) ?? usual;
    const sides = (Array.isArray(value) ? value : [value, value]).map((side: unknown) =>
      Array.isArray(side) ? side : [side, side],
    );
    const isWhole = (side: unknown) => Number.isInteger(side) && (side as number) >= 0;
    if (sides.length === 2 && sides.every((side) => side.length === 2 && side.every(isWhole))) return sides as Sides;
    throw this.refused(key);
  }

  /** A number, or a list of numbers, one per position of the last axis. */
  numbers(key: string, usual?: number): number | number[] {
    const numbers = constantNumbers(this.value(key) ?? usual);
    if (numbers !== null) return numbers;
    throw this.refused(key);
  }

  /** An axis, written as a number or as a list of one. */
  axis(key: string, usual: number): number {
    const value = this.value(key) ?? usual;
    const axis = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (Number.isInteger(axis)) return axis as number;
    throw this.refused(key);
  }

  /** Takes no value but these; left out or null is always taken. */
  only(key: string, ...values: unknown[]): void {
    const value = this.value(key);
    const same = (other: unknown) => JSON.stringify(other) === JSON.stringify(value);
    if (value !== undefined && !values.some(same)) throw this.refused(key);
  }

  /** Maps have their channels on the last axis. */
  channelsLast(): void {
    this.only('data_format', 'channels_last');
  }

  /** Settings that act in training only: the lab has its own way to start and to train. */
  trainingOnly(...keys: string[]): void {
    for (const key of keys) {
      if (this.value(key) !== undefined && !key.endsWith('initializer') && key !== 'seed') this.leftOut.push(key);
    }
  }

  /** Settings that change nothing of what the rule lets pass; all of them when none is named. */
  ignore(...keys: string[]): void {
    for (const key of keys.length > 0 ? keys : Object.keys(this.#config)) this.#read.add(key);
  }

  /** @throws LabError `model-unreadable` naming the first setting that nobody has read */
  refuseRest(): void {
    for (const [key, value] of Object.entries(this.#config)) {
      if (!this.#read.has(key) && value !== null && value !== undefined) throw this.refused(key);
    }
  }

  /** The error for a setting that the lab cannot compute as Keras does. @param why in words, instead of the value */
  refused(key: string, why?: string): LabError {
    const value = JSON.stringify(this.#config[key] ?? null);
    const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
    return modelUnreadable(
      this.path,
      `the layer "${this.name}" (${this.kind}) has ${key} = ${shown}${why ? `: ${why}` : ', which the lab cannot compute as Keras does'}`,
      'Export the network without it.',
    );
  }

  /** The error for a kind of layer or operator that cannot be computed at all. */
  refusedKind(why: string): LabError {
    return modelUnreadable(
      this.path,
      `its layers cannot be built (the layer "${this.name}" is a ${this.kind}: ${why})`,
      'Only standard layers whose every setting is known can be used: no custom layers, no Lambda. Export the network without it.',
    );
  }
}
