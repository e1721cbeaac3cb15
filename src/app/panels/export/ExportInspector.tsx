import { describePlace } from '../../format/describePlace';
import { useLab } from '../../store/LabProvider';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';

/** What every export carries with it. */
export function ExportInspector() {
  const record = useLab((state) => state.record);
  return (
    <>
      {record ? (
        <Panel title="The run exported">
          <Facts
            facts={[
              { name: 'Run', value: record.id },
              { name: 'Dataset', value: record.dataset.name },
              { name: 'State', value: record.status },
              { name: 'Looks at the test split', value: String(record.testLooks.length) },
              { name: 'Lab', value: record.environment.labVersion },
              { name: 'Computed on', value: describePlace(record.environment) },
            ]}
          />
        </Panel>
      ) : null}
      <Panel title="Before you use a model">
        <Note>
          A pruned model is a research result. Its numbers hold for this data and these two groups; the model card in
          the zip says which, with intervals and the number of looks at the test split.
        </Note>
        <Note>Every figure has its own “Save” menu: SVG, PNG and CSV.</Note>
      </Panel>
    </>
  );
}
