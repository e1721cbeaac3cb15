import { type ReactNode, useState } from 'react';
import type { DatasetMapping } from '../../../../dataset/mapping/datasetMapping';
import type { MappingPreview } from '../../../../dataset/mapping/mappedSamples';
import type { FormatSummary } from '../../../../dataset/suggest/filesSummary';
import type { TableSummary } from '../../../../dataset/tables/tableSummary';
import type { MappingSource } from '../../../../engine/protocol/jobMap';
import { downloadFile } from '../../../files/downloadFile';
import { useIsBusy } from '../../../hooks/useIsBusy';
import { Button } from '../../../ui/Button';
import { Check } from '../../../ui/Check';
import { ErrorView } from '../../../ui/ErrorView';
import { Note } from '../../../ui/Note';
import { ClassSection } from './ClassSection';
import { GroupSection } from './GroupSection';
import { JoinSection } from './JoinSection';
import { LookAlikeSection } from './LookAlikeSection';
import styles from './MappingWizard.module.css';
import type { MappingDraft } from './mappingDraft';
import { mappingProblem } from './mappingProblem';
import { OpenSpellings } from './OpenSpellings';
import { PreviewPane } from './PreviewPane';
import { SplitSection } from './SplitSection';
import { useMappingPreview } from './useMappingPreview';

interface MappingWizardProps {
  /** Of the files to be imported; null for a stored dataset, whose tables are joined already. */
  tables: readonly TableSummary[] | null;
  source: MappingSource;
  format: FormatSummary | null;
  draft: MappingDraft;
  onChange(draft: MappingDraft): void;
  /** Fields above the sections: name, image size. */
  fields: ReactNode;
  /** What the main button says. */
  action: string;
  onDone(): void;
}

/** How tables become classes, groups and splits, with the counts that follow beside it, at every change. */
export function MappingWizard({ tables, source, format, draft, onChange, fields, action, onDone }: MappingWizardProps) {
  const { join, mapping, split } = draft;
  const isBusy = useIsBusy();
  const [isConfirmed, setConfirmed] = useState(false);
  const isJoinWhole = !join.imageColumns.includes('');
  const { preview, isCurrent, error } = useMappingPreview(isJoinWhole ? source : null, draft);
  const columns = preview?.columns ?? [];
  const change = (part: Partial<DatasetMapping>) => onChange({ ...draft, mapping: { ...mapping, ...part } });
  const needsConfirmation = format?.confirm != null && !isConfirmed;
  const problem =
    mappingProblem(draft) ?? (needsConfirmation ? 'Tick what only you can vouch for.' : previewProblem(preview));
  return (
    <div className={styles.wizard}>
      <form className={styles.form} onSubmit={(event) => event.preventDefault()} aria-label="Mapping">
        <div className={styles.fields}>
          {format ? <Note>Recognised: {format.name}. What to know of it is in the inspector.</Note> : null}
          {fields}
        </div>
        <OpenSpellings
          preview={isCurrent ? preview : null}
          about={join.table}
          answers={mapping.answers}
          onAnswer={(answers) => change({ answers })}
        />
        {tables ? (
          <JoinSection tables={tables} join={join} onChange={(changed) => onChange({ ...draft, join: changed })} />
        ) : null}
        <ClassSection
          mapping={mapping}
          onChange={change}
          format={format}
          columns={columns}
          classCount={preview ? preview.classNames.length : null}
        />
        <GroupSection mapping={mapping} onChange={change} format={format} columns={columns} />
        <SplitSection
          mapping={mapping}
          onChange={change}
          columns={columns}
          split={split}
          onSplit={(changed) => onChange({ ...draft, split: changed })}
        />
        <LookAlikeSection mapping={mapping} onChange={change} isDecoded={source.kind === 'dataset'} />
      </form>
      {error ? (
        <ErrorView error={error} />
      ) : preview ? (
        <PreviewPane preview={preview} isCurrent={isCurrent} />
      ) : (
        <Waiting isWhole={isJoinWhole} />
      )}
      <div className={styles.foot}>
        {format?.confirm ? (
          <Check isSelected={isConfirmed} onChange={setConfirmed}>
            {format.confirm}
          </Check>
        ) : null}
        <Button look="main" isDisabled={isBusy || problem !== null || !isCurrent} onPress={onDone}>
          {action}
        </Button>
        <span className={styles.problem} role="status">
          {problem}
        </span>
        <Button
          look="quiet"
          onPress={() => downloadFile('mapping.json', JSON.stringify(draft, null, 2), 'application/json')}
        >
          Save mapping (JSON)
        </Button>
      </div>
    </div>
  );
}

/** Why the mapping cannot be used as it stands; questions are put above, and only named here. */
function previewProblem(preview: MappingPreview | null): string | null {
  if (!preview?.problem) return null;
  return preview.problem.questions ? 'Answer the questions about spellings.' : preview.problem.message;
}

function Waiting({ isWhole }: { isWhole: boolean }) {
  return <Note>{isWhole ? 'Counting …' : 'Counts appear here when the image column is chosen.'}</Note>;
}
