import type { FilesSummary } from '../../../../dataset/suggest/filesSummary';
import { bounds, rangeOf } from '../../../../foundation/bounds';
import { formatCount } from '../../../format/formatNumber';
import { useLab, useLabActions } from '../../../store/LabProvider';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { ImageFitFields } from '../../../ui/ImageFitFields';
import { NumberInput } from '../../../ui/NumberInput';
import { TextInput } from '../../../ui/TextInput';
import { MappingWizard } from './MappingWizard';

/** The mapping of files that are about to be imported. */
export function FilesMapping({ summary }: { summary: FilesSummary }) {
  const { plan, datasetName, imageSize, imageFit } = useLab(({ settings }) => settings);
  const { changeSettings, importFiles, auditInspected } = useLabActions();
  const [predictions] = summary.predictionTables;
  if (predictions !== undefined) {
    return (
      <EmptyState
        title={`${predictions} holds predictions.`}
        why="They can be audited without images and without a model: the paper's table, intervals and noise floor."
      >
        <Button look="main" onPress={() => void auditInspected(predictions)}>
          Audit these predictions
        </Button>
      </EmptyState>
    );
  }
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
        title="No image was found among these files."
        why="Choose the folder or zip that holds the images together with their table."
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
            {...rangeOf(bounds.imageSize)}
            onChange={(size) => changeSettings({ imageSize: size })}
          />
          <ImageFitFields fit={imageFit} onChange={(fit) => changeSettings({ imageFit: fit })} />
        </>
      }
      action={`Import ${formatCount(summary.imageCount)} images`}
      onDone={() => void importFiles()}
    />
  );
}
