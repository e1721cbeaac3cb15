import type { Work } from '../benchCase';
import { prepareBootstrap } from './prepareBootstrap';
import type { PreparedWork } from './preparedWork';
import { prepareForward } from './prepareForward';
import { prepareSnnl } from './prepareSnnl';
import { prepareTrainStep } from './prepareTrainStep';

/** Makes everything that some work needs, so that only the work itself is timed. */
export function prepareWork(work: Work): PreparedWork {
  switch (work.kind) {
    case 'train-step':
      return prepareTrainStep(work);
    case 'forward':
      return prepareForward(work);
    case 'bootstrap':
      return prepareBootstrap(work);
    case 'snnl':
      return prepareSnnl(work);
  }
}
