import { useState } from 'react';
import type { AppliedMapping } from '../../../../dataset/mapping/datasetMapping';
import type { DatasetManifest } from '../../../../dataset/stored/dataset';
import { useLabActions } from '../../../store/LabProvider';
import { TextInput } from '../../../ui/TextInput';
import { MappingWizard } from './MappingWizard';
import type { MappingDraft } from './mappingDraft';

/** The mapping of a stored dataset, to be changed without decoding anything again. */
export function StoredMapping({ dataset, applied }: { dataset: DatasetManifest; applied: AppliedMapping }) {
  const { remapDataset } = useLabActions();
  const { join, mapping, split } = applied;
  const [draft, setDraft] = useState<MappingDraft>({ join, mapping, split });
  const [name, setName] = useState(`${dataset.name}, mapped anew`);
  return (
    <MappingWizard
      tables={null}
      source={{ kind: 'dataset', datasetId: dataset.id }}
      format={null}
      draft={draft}
      onChange={setDraft}
      fields={<TextInput label="Name" value={name} onChange={setName} />}
      action="Keep as a further dataset"
      onDone={() => void remapDataset({ datasetId: dataset.id, name, mapping: draft.mapping, split: draft.split })}
    />
  );
}
