import type { FairnessReport, IntervalName } from './fairnessReport';

/** One entry for each statistic that gets an interval. */
export function byIntervalName<T>(make: (name: IntervalName) => T): Record<IntervalName, T> {
  return {
    f1Avg: make('f1Avg'),
    f1Diff: make('f1Diff'),
    accuracyAvg: make('accuracyAvg'),
    accuracyDiff: make('accuracyDiff'),
    eopp0: make('eopp0'),
    eopp1: make('eopp1'),
    eodd: make('eodd'),
  };
}

/** The statistics that get an interval, as they stand in a report. */
export function intervalStatistics(report: FairnessReport): Record<IntervalName, number> {
  return {
    f1Avg: report.rows.f1.avg,
    f1Diff: report.rows.f1.diff,
    accuracyAvg: report.rows.accuracy.avg,
    accuracyDiff: report.rows.accuracy.diff,
    eopp0: report.eopp0,
    eopp1: report.eopp1,
    eodd: report.eodd,
  };
}
