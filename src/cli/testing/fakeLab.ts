import { fakeEnvironment } from '../../app/testing/fakeData';
import type { JobName } from '../../engine/protocol/jobMap';
import { LabError, toErrorData } from '../../foundation/labError';
import type { HeadlessLab } from '../headlessLab';
import { createPageJobs, type JobPage } from '../pageJobs';

/** How a made-up page does a job: its result, or what it throws. Bytes are base64, as the page sends them. */
type Answers = Partial<Record<JobName, (partial: (partial: unknown) => void, params: object) => unknown>>;

/** A lab whose page answers as told. A job without an answer goes on until it is cancelled. */
export function fakeLab(answers: Answers) {
  const started: JobName[] = [];
  const page: JobPage = {
    choose: () => Promise.resolve(),
    async start(call, job, params) {
      started.push(job);
      const answer = answers[job];
      if (!answer) return;
      try {
        const result = await answer((partial) => jobs.receive({ kind: 'partial', call, partial }), params);
        jobs.receive({ kind: 'done', call, result });
      } catch (error) {
        jobs.receive({ kind: 'failed', call, error: toErrorData(error) });
      }
    },
    async cancel(call) {
      const error = new LabError({ code: 'cancelled', message: 'The job was cancelled.', hint: 'Start it again.' });
      jobs.receive({ kind: 'failed', call, error: toErrorData(error) });
    },
  };
  const jobs = createPageJobs(page);
  let closed = 0;
  const lab: HeadlessLab = {
    environment: fakeEnvironment,
    run: jobs.run,
    cancel: jobs.cancel,
    close: async () => void (closed += 1),
  };
  return { lab, started, closed: () => closed };
}
