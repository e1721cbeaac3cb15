import { pairObstacles } from '../../../recipe/checkPair';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { runningStage } from '../../store/runningStage';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { useTarget } from './useTarget';

/** Starts the run, and says how many channels the first round prunes. Once it is done, leads on to the results. */
export function RunButton() {
  const isBusy = useIsBusy();
  const isPruning = useLab((state) => runningStage(state) === 'prune');
  const isPaused = useLab(({ stages }) => stages.prune.status === 'running' && stages.prune.paused);
  const isDone = useLab(({ stages }) => stages.prune.status === 'done');
  const isReady = useLab(({ stages }) => {
    const [data, model] = [stageResult(stages.data), stageResult(stages.model)];
    return data !== null && model !== null && pairObstacles(model, data, 'measures').length === 0;
  });
  const target = useTarget();
  const { runRecipe, goTo, pause, resume, cancel } = useLabActions();
  if (isPruning) {
    return (
      <>
        <Button onPress={() => (isPaused ? resume('prune') : pause('prune'))}>
          {isPaused ? 'Resume run' : 'Pause run'}
        </Button>
        <Button onPress={() => cancel('prune')}>Cancel run</Button>
      </>
    );
  }
  const count = target?.count ?? 0;
  return (
    <>
      <Button
        look={isDone ? 'plain' : 'main'}
        isDisabled={isBusy || !isReady || !target}
        onPress={() => void runRecipe()}
      >
        Prune {count} {count === 1 ? 'channel' : 'channels'} and fine-tune
      </Button>
      {isDone ? (
        <Button look="main" onPress={() => goTo('results')}>
          Next: the results
        </Button>
      ) : null}
    </>
  );
}
