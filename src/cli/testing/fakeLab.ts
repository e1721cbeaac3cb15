import { fakeEnvironment } from '../../app/testing/fakeData';
import type { LabEngine } from '../../engine/labEngine';
import type { JobName } from '../../engine/protocol/jobMap';
import { LabError } from '../../foundation/labError';
import { createEngineJobs } from '../engineJobs';
import type { OpenLab } from '../openLab';

/** How a made-up engine does a job: its result, or what it throws. */
type Answers = Partial<Record<JobName, (partial: (partial: unknown) => void, params: object) => unknown>>;

/** A lab whose engine answers as told. A job without an answer goes on until it is cancelled. */
export function fakeLab(answers: Answers) {
  const started: JobName[] = [];
  const start: LabEngine['start'] = (job, params, listener = {}) => {
    started.push(job);
    const answer = answers[job];
    let cancel: () => void = () => undefined;
    const cancelled = new Promise<never>((_, reject) => {
      cancel = () =>
        reject(new LabError({ code: 'cancelled', message: 'The job was cancelled.', hint: 'Start it again.' }));
    });
    const done = answer
      ? Promise.resolve().then(() => answer((partial) => listener.partial?.(partial as never), params))
      : cancelled;
    const nothing = () => undefined;
    return {
      id: `${job}-${started.length}`,
      result: Promise.race([done, cancelled]) as never,
      cancel,
      pause: nothing,
      resume: nothing,
      finishNow: nothing,
    };
  };
  let closed = 0;
  const lab: OpenLab = {
    environment: fakeEnvironment,
    ...createEngineJobs({ start }, () => Promise.resolve([])),
    close: async () => void (closed += 1),
  };
  return { lab, started, closed: () => closed };
}
