import { LabError } from '../../../foundation/labError';
import { estimateArchitecture } from '../../../model/architectures/estimateArchitecture';
import type { ArchitectureSpec } from '../../../model/labModel';
import type { SizedModel } from '../../../model/memoryNeed';

/** The size of a network that is not built yet, or why it cannot be built. */
export function tryEstimate(spec: ArchitectureSpec): SizedModel | LabError {
  try {
    return estimateArchitecture(spec);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}
