import { criterionNames } from '../../../fairness/fairnessReport';
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
  const unreadable = useLab(({ inventory }) => inventory.unreadableRuns);
  const isBusy = useIsBusy();
  const { deleteStored } = useLabActions();
  if (!record) return <Note>Choose a run to see what it was made with.</Note>;
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
      {unreadable.length > 0 ? (
        <Panel title="Runs that cannot be read">
          <Note>This version of the lab cannot read: {unreadable.join(', ')}.</Note>
        </Panel>
      ) : null}
    </>
  );
}
