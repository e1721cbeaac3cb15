import { type DatasetManifest, splitNames } from '../../../dataset/dataset';
import { formatCount } from '../../format/formatNumber';
import { ErrorView } from '../../ui/ErrorView';
import { Facts } from '../../ui/Facts';
import { Panel } from '../../ui/Panel';
import { PaintedImage } from './PaintedImage';
import { useThumbnails } from './useThumbnails';

/** One image large, with all that is known of it. */
export function SampleRecord({ dataset, sample }: { dataset: DatasetManifest; sample: number }) {
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
    </Panel>
  );
}
