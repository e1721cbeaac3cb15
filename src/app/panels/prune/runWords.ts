import { importanceLabel } from '../../../importance/importances';
import type { RunRecord } from '../../../recipe/runRecord';

export function startTime({ createdAt }: Pick<RunRecord, 'createdAt'>): string {
  return new Date(createdAt).toLocaleString('en-GB');
}

/** How far each arm has come. */
export function roundsDone({ arms, config }: Pick<RunRecord, 'arms' | 'config'>): string {
  const done = arms.map(
    ({ arm, rounds }) => `${importanceLabel(arm)} ${rounds.length} of ${config.pruning.rounds} rounds`,
  );
  return done.join(', ') || 'no round finished yet';
}
