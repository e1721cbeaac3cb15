import { importanceLabel } from '../../../importance/importances';
import type { RunHead } from '../../../recipe/runHead';

export function startTime({ createdAt }: Pick<RunHead, 'createdAt'>): string {
  return new Date(createdAt).toLocaleString('en-GB');
}

/** How far each arm has come. */
export function roundsDone({ arms, config }: Pick<RunHead, 'arms' | 'config'>): string {
  const done = arms.map(
    ({ arm, rounds }) => `${importanceLabel(arm)} ${rounds.length} of ${config.pruning.rounds} rounds`,
  );
  return done.join(', ') || 'no round finished yet';
}
