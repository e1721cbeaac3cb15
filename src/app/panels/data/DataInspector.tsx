import type { AppliedMapping } from '../../../dataset/mapping/datasetMapping';
import { splitNames } from '../../../dataset/splitName';
import { type DatasetManifest, imageFitOf } from '../../../dataset/stored/dataset';
import type { FilesSummary } from '../../../dataset/suggest/filesSummary';
import { describeFit } from '../../../foundation/imageFit';
import { formatCount } from '../../format/formatNumber';
import { useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';
import { FindingList } from './FindingList';
import styles from './FindingList.module.css';
import { SampleRecord } from './SampleRecord';

export function DataInspector({
  dataset,
  sample,
  inspection,
}: {
  dataset: DatasetManifest | null;
  /** The sample that is selected, of the dataset. */
  sample: number | null;
  inspection: FilesSummary | null;
}) {
  if (dataset) {
    return (
      <>
        {sample === null ? null : <SampleRecord dataset={dataset} sample={sample} />}
        <DatasetFacts dataset={dataset} />
      </>
    );
  }
  if (inspection) return <InspectionFacts inspection={inspection} />;
  return (
    <Panel title="What is needed">
      <p>Images (PNG, JPEG, WebP) and one table with a row per image:</p>
      <Facts
        facts={[
          { name: 'image', value: 'file name' },
          { name: 'label', value: 'disease class' },
          { name: 'group', value: 'skin type, sex, age …' },
        ]}
      />
      <Note>
        The group column is split into two groups. Group 0 is the one that fares worse (unprivileged), group 1 the
        other. A patient or lesion column keeps images of the same person in one split.
      </Note>
    </Panel>
  );
}

function DatasetFacts({ dataset }: { dataset: DatasetManifest }) {
  const { goTo } = useLabActions();
  const { samples } = dataset;
  const splitSize = (code: number) => samples.splits.filter((split) => split === code).length;
  return (
    <>
      <Panel title={dataset.name}>
        <Facts
          facts={[
            { name: 'Classes', value: formatCount(dataset.classNames.length) },
            { name: 'Group 0 (unprivileged)', value: dataset.groupNames[0] },
            { name: 'Group 1 (privileged)', value: dataset.groupNames[1] },
            { name: 'Image size', value: squareOf(dataset) },
            ...splitNames.map((name, code) => ({
              name: `${name} split`,
              value: formatCount(splitSize(code)),
              full: `hash ${dataset.splitHashes[name]}`,
            })),
            { name: 'Split by', value: samples.clusters ? 'patient or lesion' : 'image' },
            ...(dataset.mapping ? mappingFacts(dataset.mapping) : []),
          ]}
        />
        <Button onPress={() => goTo('model')}>Next: the model</Button>
      </Panel>
      <FindingList findings={dataset.findings} />
    </>
  );
}

function mappingFacts({ images, unknownGroupCount, mapping }: AppliedMapping) {
  const { missing } = mapping.group;
  const fate = missing === 'exclude' ? 'left out' : missing === 'own-group' ? 'a group of their own' : missing;
  return [
    { name: 'Images used', value: `${formatCount(images.used)} of ${formatCount(images.total)}` },
    { name: 'Unknown group', value: `${formatCount(unknownGroupCount)}, ${fate}` },
  ];
}

function InspectionFacts({ inspection }: { inspection: FilesSummary }) {
  const { ignoredFiles, format, findings } = inspection;
  return (
    <>
      {format ? (
        <Panel title={format.name}>
          <ul className={styles.list}>
            {format.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {findings.length > 0 ? <FindingList findings={findings} /> : null}
      <Panel title="What the files hold">
        <Facts
          facts={[
            { name: 'Images', value: formatCount(inspection.imageCount) },
            { name: 'Tables', value: formatCount(inspection.tables.length) },
            {
              name: 'Ignored files',
              value: formatCount(ignoredFiles.length),
              full: ignoredFiles.slice(0, 20).join('\n'),
            },
          ]}
        />
        <Note>First images: {inspection.imageExamples.slice(0, 3).join(', ') || 'none'}</Note>
      </Panel>
    </>
  );
}

function squareOf(dataset: DatasetManifest): string {
  const fit = imageFitOf(dataset);
  return [
    `${dataset.imageSize} × ${dataset.imageSize} px`,
    ...(fit ? [describeFit(fit)] : []),
    ...(dataset.decoder === undefined ? [] : [`decoded by ${dataset.decoder}`]),
  ].join(', ');
}
