import { analysePredictions } from '../../fairness/analysePredictions';
import { verifyVectors } from '../verify/verifyVectors';
import { datasetJobs } from './datasetJobs';
import type { JobHandlers } from './jobHandler';
import { modelJobs } from './modelJobs';
import { runJobs } from './runJobs';
import { storageJobs } from './storageJobs';
import { trainingJobs } from './trainingJobs';

/** What does each job. A job of the protocol without a handler does not compile. */
export const jobHandlers: JobHandlers = {
  ...datasetJobs,
  ...modelJobs,
  ...runJobs,
  ...storageJobs,
  ...trainingJobs,
  analysePredictions: ({ input, settings }, { context }) => analysePredictions(input, settings, context),
  verifyVectors: ({ files }, { workspace, context, publish }) =>
    verifyVectors(files, workspace.host.withBackend, context, publish),
};
