import type { DatasetManifest } from '../../../dataset/dataset';
import { CellHeatMap } from './CellHeatMap';
import { ThumbnailStrip } from './ThumbnailStrip';

/** What the dataset holds: the main figure is the count of every class in every group. */
export function AuditView({ dataset }: { dataset: DatasetManifest }) {
  return (
    <>
      <CellHeatMap dataset={dataset} />
      <ThumbnailStrip key={dataset.id} dataset={dataset} />
    </>
  );
}
