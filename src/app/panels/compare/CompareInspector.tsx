import { criterionNames } from '../../../fairness/paperTable';
import { describePlace } from '../../format/describePlace';
import { formatNumber } from '../../format/formatNumber';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';

/** Settings of the run that is shown, so that a difference in results can be traced to one in settings. */
export function CompareInspector() {
  const record = useLab((state) => state.record);
  const isBusy = useIsBusy();
  const { deleteStored } = useLabActions();
  if (!record) {
    return (
      <>
        <Note>Choose a run to see what it was made with.</Note>
        <StoredRunNotes />
      </>
    );
  }
  const { config, environment } = record;
  const temperature = config.score.temperature;
  return (
    <>
      <Panel title="The run shown">
        <Facts
          facts={[
            { name: 'Started', value: new Date(record.createdAt).toLocaleString('en-GB') },
            { name: 'State', value: record.status },
            { name: 'Model', value: record.model.name },
            { name: 'Layer', value: record.layer },
            { name: 'Criterion', value: criterionNames[config.pruning.criterion] },
            { name: 'Distance', value: config.score.distance },
            { name: 'Temperature', value: temperature === 'auto' ? 'from the data' : formatNumber(temperature) },
            { name: 'Epochs per round', value: String(config.fineTune.epochs) },
            { name: 'Seed', value: String(config.seed) },
            { name: 'Computed on', value: describePlace(environment) },
            { name: 'Looks at the test split', value: String(record.testLooks.length) },
          ]}
        />
        <Button isDisabled={isBusy} onPress={() => void deleteStored({ kind: 'run', id: record.id })}>
          Delete this run
        </Button>
      </Panel>
      <StoredRunNotes />
    </>
  );
}

/** Stored runs that cannot be shown, and what was put right when the others were read. */
function StoredRunNotes() {
  const { unreadableRuns, runNotes } = useLab(({ inventory }) => inventory);
  const isBusy = useIsBusy();
  const { deleteStored } = useLabActions();
  if (unreadableRuns.length + runNotes.length === 0) return null;
  return (
    <Panel title="Runs that were damaged">
      {unreadableRuns.map(({ id, error, canResume }) => (
        <div key={id}>
          <Note>
            {error.message} {canResume ? 'Step 4 offers to compute it again.' : error.hint}
          </Note>
          <Button
            isDisabled={isBusy}
            onPress={() => void deleteStored({ kind: 'run', id })}
            aria-label={`Delete the run ${id}`}
          >
            Delete
          </Button>
        </div>
      ))}
      {runNotes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
    </Panel>
  );
}
