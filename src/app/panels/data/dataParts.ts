import { lazyPart } from '../../ui/lazyPart';

/** What the step Data draws once there are images: not in the page's first files. */
export const auditView = lazyPart(async () => (await import('./AuditView')).AuditView, null);
export const filesMapping = lazyPart(async () => (await import('./mapping/FilesMapping')).FilesMapping, null);
export const storedMapping = lazyPart(async () => (await import('./mapping/StoredMapping')).StoredMapping, null);
