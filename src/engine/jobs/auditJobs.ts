import { auditPredictions } from '../../fairness/auditPredictions';
import { parsePredictionsTable } from '../../fairness/parsePredictionsTable';
import { defaultRunConfig } from '../../recipe/runConfig';
import type { JobHandlers } from './jobHandler';

export const auditJobs: Pick<JobHandlers, 'auditPredictions'> = {
  async auditPredictions({ text, columns }, { context }) {
    const { classNames, groupNames, excluded, ...table } = parsePredictionsTable(text, columns);
    const { statistics, seed } = defaultRunConfig;
    const audit = await auditPredictions({ ...table, ...statistics, seed }, context.part('Auditing', 0, 1));
    return { audit, classNames, groupNames, excluded };
  },
};
