import type { OptimizerSettings } from '../trainSettings';
import { createAdam } from './adam';
import type { Optimizer } from './optimizer';
import { createSgd } from './sgd';

/** The optimiser that the settings name, with empty state. */
export function createOptimizer(settings: OptimizerSettings): Optimizer {
  switch (settings.name) {
    case 'sgd':
      return createSgd(settings);
    case 'adam':
    case 'adamw':
      return createAdam(settings);
  }
}
