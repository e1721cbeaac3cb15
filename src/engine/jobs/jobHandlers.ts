import { verifyVectors } from '../verify/verifyVectors';
import { auditJobs } from './auditJobs';
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
  ...auditJobs,
  ...datasetJobs,
  ...modelJobs,
  ...predictionJobs,
  ...pruningJobs,
  ...runJobs,
  ...storageJobs,
  ...trainingJobs,
  verifyVectors: ({ files }, { workspace, context, publish }) =>
    verifyVectors(files, workspace.host.withBackend, context, publish),
};
