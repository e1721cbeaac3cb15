import type { PrintedNumber } from './printedNumber';

/** A row of a published table: one method. Names of quantities and criteria are as the table writes them. */
export interface PublishedRow {
  /** Name of the table that the row is in; empty when there is only one without a name. */
  table: string;
  method: string;
  /** Method whose row is the baseline of this one, where the table says so. */
  baseline: string | null;
  /** Precision, recall, F1 and the like, by name. */
  quantities: Map<string, PublishedQuantity>;
  /** Gaps with their FATE, by name. */
  criteria: Map<string, PublishedCriterion>;
}

/** A quantity of both groups. Null where the table prints none. */
export interface PublishedQuantity {
  groups: (PrintedNumber | null)[];
  avg: PrintedNumber | null;
  diff: PrintedNumber | null;
}

export interface PublishedCriterion {
  value: PrintedNumber | null;
  fate: PrintedNumber | null;
}
