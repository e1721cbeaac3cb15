import type { FilesSummary, ImportMapping, TableSummary } from '../../../dataset/importMapping';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { EmptyState } from '../../ui/EmptyState';
import { NumberInput } from '../../ui/NumberInput';
import { TextInput } from '../../ui/TextInput';
import { GroupValues } from './GroupValues';
import styles from './MappingForm.module.css';
import { mappingProblem } from './mappingProblem';

const noColumn = '';

/** Which column means what, and which values make which group. */
export function MappingForm({ summary }: { summary: FilesSummary }) {
  const mapping = useLab(({ settings }) => settings.mapping);
  const table = summary.tables.find(({ file }) => file === mapping?.table);
  if (!mapping || !table) {
    return (
      <EmptyState
        title="No table was found among these files."
        why="The lab needs a CSV or TSV file with one row per image: its file name, its label and its group. Add one and choose the files again."
      />
    );
  }
  return <MappingFields summary={summary} mapping={mapping} table={table} />;
}

interface MappingFieldsProps {
  summary: FilesSummary;
  mapping: ImportMapping;
  table: TableSummary;
}

function MappingFields({ summary, mapping, table }: MappingFieldsProps) {
  const { datasetName, imageSize } = useLab(({ settings }) => settings);
  const { changeSettings, importFiles } = useLabActions();
  const isBusy = useIsBusy();
  const change = (part: Partial<ImportMapping>) => changeSettings({ mapping: { ...mapping, ...part } });
  const columns = table.columns.map(({ name }) => ({ value: name, label: name }));
  const optionalColumns = [{ value: noColumn, label: 'none' }, ...columns];
  const problem = mappingProblem(mapping);
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()} aria-label="Mapping">
      <div className={styles.columns}>
        <TextInput label="Name" value={datasetName} onChange={(name) => changeSettings({ datasetName: name })} />
        <Choice
          label="Table"
          value={mapping.table}
          options={summary.tables.map(({ file }) => ({ value: file, label: file }))}
          onChange={(file) => change({ table: file })}
        />
        <Choice
          label="Image column"
          value={mapping.imageColumn}
          options={columns}
          onChange={(imageColumn) => change({ imageColumn })}
        />
        <Choice
          label="Label column"
          value={mapping.labelColumn}
          options={columns}
          onChange={(labelColumn) => change({ labelColumn })}
        />
        <Choice
          label="Group column"
          value={mapping.groupColumn}
          options={columns}
          onChange={(groupColumn) => change({ groupColumn, group0Values: [], group1Values: [] })}
        />
        <Choice
          label="Patient or lesion column"
          value={mapping.clusterColumn ?? noColumn}
          options={optionalColumns}
          onChange={(column) => change({ clusterColumn: column || null })}
        />
        <Choice
          label="Split column"
          value={mapping.splitColumn ?? noColumn}
          options={optionalColumns}
          onChange={(column) => change({ splitColumn: column || null })}
        />
        <NumberInput
          label="Image size (pixels per side)"
          value={imageSize}
          min={16}
          max={512}
          onChange={(size) => changeSettings({ imageSize: size })}
        />
        <TextInput
          label="Name of group 0"
          value={mapping.group0Name}
          onChange={(group0Name) => change({ group0Name })}
        />
        <TextInput
          label="Name of group 1"
          value={mapping.group1Name}
          onChange={(group1Name) => change({ group1Name })}
        />
      </div>
      <GroupValues
        mapping={mapping}
        column={table.columns.find(({ name }) => name === mapping.groupColumn)}
        onChange={change}
      />
      <div className={styles.foot}>
        <Button look="main" isDisabled={isBusy || problem !== null} onPress={() => void importFiles()}>
          Import {summary.imageCount.toLocaleString('en-GB')} images
        </Button>
        {problem ? <span className={styles.problem}>{problem}</span> : null}
      </div>
    </form>
  );
}
