import { verifyVectors } from '../verify/verifyVectors';
import { datasetJobs } from './datasetJobs';
import { diagnosticJobs } from './diagnosticJobs';
import type { JobHandlers } from './jobHandler';
import { modelJobs } from './modelJobs';
import { runJobs } from './runJobs';
import { storageJobs } from './storageJobs';
import { trainingJobs } from './trainingJobs';

/** What does each job. A job of the protocol without a handler does not compile. */
export const jobHandlers: JobHandlers = {
  ...datasetJobs,
  ...diagnosticJobs,
  ...modelJobs,
  ...runJobs,
  ...storageJobs,
  ...trainingJobs,
  verifyVectors: ({ files }, { workspace, context, publish }) =>
    verifyVectors(files, workspace.host.withBackend, context, publish),
};
