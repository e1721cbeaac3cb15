import { type AttributeProbe, defaultProbeSettings, probeAttribute } from '../fairness/probe/probeAttribute';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { pooledFeatures } from './pooledFeatures';
import type { TapRequest } from './tapDataset';

/**
 * How much of the group a linear probe reads from a layer's pooled features of samples, cross-validated; a patient is never
 * divided between folds. The same samples and seed give the same folds, so that models can be compared.
 *
 * @returns null when a group has fewer samples, or patients, than there are folds
 * @throws LabError `layer-not-found`, `shape-mismatch`, `predictions-invalid`, `cancelled`
 */
export async function probeLayer(
  request: TapRequest & { seed: number },
  context: JobContext,
): Promise<AttributeProbe | null> {
  const { groups, clusters } = request.dataset.manifest.samples;
  const features = await pooledFeatures(request, context.part('features', 0, 0.5));
  try {
    return await probeAttribute(
      {
        features,
        groups: Array.from(request.indices, (index) => groups[index]!),
        groupCount: request.dataset.manifest.groupNames.length,
        clusters: clusters && Array.from(request.indices, (index) => clusters[index]!),
      },
      { ...defaultProbeSettings, seed: request.seed },
      context.part('probe', 0.5, 1),
    );
  } catch (error) {
    if (error instanceof LabError && error.code === 'group-too-small') return null;
    throw error;
  }
}
