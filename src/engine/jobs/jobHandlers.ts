import { auditPredictions } from '../../fairness/predictions/auditPredictions';
import { readTable } from '../../tables/readTable';
import { datasetJobs } from './datasetJobs';
import type { JobHandlers } from './jobHandler';
import { modelJobs } from './modelJobs';
import { predictionJobs } from './predictionJobs';
import { pruningJobs } from './pruningJobs';
import { runJobs } from './runJobs';
import { storageJobs } from './storageJobs';
import { trainingJobs } from './trainingJobs';

/** What does each job. A job of the protocol without a handler does not compile. */
export const jobHandlers: JobHandlers = {
  ...datasetJobs,
  ...modelJobs,
  ...predictionJobs,
  ...pruningJobs,
  ...runJobs,
  ...storageJobs,
  ...trainingJobs,
  auditPredictions: async ({ file, baseline, columns, settings }, { context }) => {
    const read = async (each: File) => readTable(each.name, new Uint8Array(await each.arrayBuffer()), context);
    const [table, baselineTable] = [await read(file), baseline && (await read(baseline))];
    return auditPredictions({ table, baselineTable, columns, settings }, context);
  },
  verifyVectors: async ({ files }, { workspace, context, publish }) => {
    const { verifyVectors } = await import('../verify/verifyVectors');
    return verifyVectors(files, workspace.host.withBackend, context, publish);
  },
};
