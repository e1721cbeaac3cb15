/** The parts of jstat that the lab uses; it comes without types. */
declare module 'jstat' {
  const jstat: {
    normal: {
      cdf(x: number, mean: number, standardDeviation: number): number;
      inv(share: number, mean: number, standardDeviation: number): number;
    };
    studentt: { cdf(x: number, degreesOfFreedom: number): number };
  };
  export default jstat;
}
