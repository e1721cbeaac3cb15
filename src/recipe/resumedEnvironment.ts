import type { Environment } from './runRecord';

/**
 * Where a resumed run is computed. When that is another place than before, the reason says so, since the finished rounds
 * were not computed here.
 */
export function resumedEnvironment(before: Environment, now: Environment): Environment {
  const isSame = before.backend === now.backend && before.device === now.device && before.host === now.host;
  if (isSame) return { ...now, reason: before.reason };
  const place = before.host === undefined ? before.device : `${before.device}, ${before.host}`;
  const earlier = `Rounds before the run was resumed were computed on ${before.backend} (${place}).`;
  return { ...now, reason: `${now.reason} ${earlier} ${before.reason}` };
}
