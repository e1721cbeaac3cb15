import { splitNames } from '../../../dataset/splitName';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { formatCount } from '../../format/formatNumber';
import { ErrorView } from '../../ui/ErrorView';
import { Facts } from '../../ui/Facts';
import { Panel } from '../../ui/Panel';
import { PaintedImage } from './PaintedImage';
import styles from './SampleRecord.module.css';
import { useRecord } from './useRecord';
import { useThumbnails } from './useThumbnails';

interface SampleRecordProps {
  dataset: DatasetManifest;
  sample: number;
}

/** One image large, with all that is known of it. */
export function SampleRecord({ dataset, sample }: SampleRecordProps) {
  const { names, labels, groups, splits, clusters } = dataset.samples;
  const { thumbnails, error } = useThumbnails(dataset, [sample]);
  return (
    <Panel title={names[sample] ?? ''}>
      {error ? <ErrorView error={error} /> : null}
      {thumbnails ? <PaintedImage {...thumbnails} label={`The image ${names[sample]}, as the model sees it`} /> : null}
      <Facts
        facts={[
          { name: 'Class', value: dataset.classNames[labels[sample]!] ?? '' },
          { name: dataset.sensitiveAttribute, value: dataset.groupNames[groups[sample]!] ?? '' },
          { name: 'Split', value: splitNames[splits[sample]!] ?? '' },
          ...(clusters ? [{ name: 'Patient or lesion', value: clusters[sample]! }] : []),
          { name: 'Sample', value: `${formatCount(sample + 1)} of ${formatCount(names.length)}` },
        ]}
      />
      <TableRow key={sample} dataset={dataset} sample={sample} />
    </Panel>
  );
}

/** What the tables say, cell by cell, before any mapping. */
function TableRow({ dataset, sample }: SampleRecordProps) {
  const { record, error } = useRecord(dataset, sample);
  if (error) return <ErrorView error={error} />;
  if (!record) return null;
  return (
    <>
      <h4 className={styles.title}>In the files</h4>
      <Facts
        facts={[
          { name: 'file', value: record.path, full: record.path },
          ...record.cells.map(({ column, text }) => ({ name: column, value: cellText(text) })),
        ]}
      />
    </>
  );
}

function cellText(text: string | null): string {
  if (text === null) return 'its rows differ';
  return text === '' ? '(empty)' : text;
}
