import { criterionNames } from '../../../fairness/paperTable';
import type { RunRecord } from '../../../recipe/runRecord';
import { ParetoChart } from '../../charts/audit/ParetoChart';
import { paretoRows } from '../../charts/audit/paretoRows';
import { formatCount } from '../../format/formatNumber';

/** Every model of the run by Avg F1 and the run's criterion. */
export function TradeOff({ record }: { record: RunRecord }) {
  const { criterion } = record.config.pruning;
  const name = criterionNames[criterion];
  return (
    <ParetoChart
      title={`Avg F1 and ${name}`}
      sample={`n = ${formatCount(record.baseline.evaluation.report.n)} validation images`}
      gapName={name}
      points={paretoRows([record], criterion)}
    />
  );
}
