import type { FilesSummary } from '../../../../dataset/filesSummary';
import { formatCount } from '../../../format/formatNumber';
import { useLab, useLabActions } from '../../../store/LabProvider';
import { EmptyState } from '../../../ui/EmptyState';
import { NumberInput } from '../../../ui/NumberInput';
import { TextInput } from '../../../ui/TextInput';
import { MappingWizard } from './MappingWizard';

/** The mapping of files that are about to be imported. */
export function FilesMapping({ summary }: { summary: FilesSummary }) {
  const { plan, datasetName, imageSize } = useLab(({ settings }) => settings);
  const { changeSettings, importFiles } = useLabActions();
  if (!plan) {
    return (
      <EmptyState
        title="No table was found among these files."
        why="The lab needs a CSV or TSV file with one row per image (its file name, its label and its group), or a folder per class. Add one and choose the files again."
      />
    );
  }
  if (summary.imageCount === 0) {
    return (
      <EmptyState
        title={
          summary.predictionTables.length > 0
            ? `${summary.predictionTables[0]} holds predictions.`
            : 'No image was found among these files.'
        }
        why={
          summary.predictionTables.length > 0
            ? 'Predictions of any model can be audited without images: npm run lab -- audit FILE.csv gives the gap with its intervals and noise floor.'
            : 'Choose the folder or zip that holds the images together with their table.'
        }
      />
    );
  }
  return (
    <MappingWizard
      tables={summary.tables}
      source={{ kind: 'inspected', join: plan.join }}
      format={summary.format}
      draft={plan}
      onChange={(changed) => changeSettings({ plan: changed })}
      fields={
        <>
          <TextInput label="Name" value={datasetName} onChange={(name) => changeSettings({ datasetName: name })} />
          <NumberInput
            label="Image size (pixels per side)"
            value={imageSize}
            min={16}
            max={512}
            onChange={(size) => changeSettings({ imageSize: size })}
          />
        </>
      }
      action={`Import ${formatCount(summary.imageCount)} images`}
      onDone={() => void importFiles()}
    />
  );
}
