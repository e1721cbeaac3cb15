import { homedir } from 'node:os';
import { join } from 'node:path';

const name = 'snnl-fair-lab';

/** The folder that the lab keeps its store in when none is named: the user's cache, as the system has it. */
export function defaultStoreFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), name);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', name);
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), name);
}
