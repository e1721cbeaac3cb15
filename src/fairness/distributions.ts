// oxlint-disable-next-line typescript/triple-slash-reference -- jstat comes without types, and the reference brings them into every realm
/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';

/** Share of the standard normal distribution below x. */
export function normalCdf(x: number): number {
  return jstat.normal.cdf(x, 0, 1);
}

/** The value below which this share of the standard normal distribution lies. */
export function normalQuantile(share: number): number {
  return jstat.normal.inv(share, 0, 1);
}

/** Share of Student's t distribution below t. */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  return jstat.studentt.cdf(t, degreesOfFreedom);
}
