import type { Environment } from './runRecord';

/**
 * Where a resumed run is computed. When that is another place than before, the reason says so, since the finished rounds
 * were not computed here.
 */
export function resumedEnvironment(before: Environment, now: Environment): Environment {
  const isSame = before.backend === now.backend && before.device === now.device;
  if (isSame) return { ...now, reason: before.reason };
  const earlier = `Rounds before the run was resumed were computed on ${before.backend} (${before.device}).`;
  return { ...now, reason: `${now.reason} ${earlier} ${before.reason}` };
}
