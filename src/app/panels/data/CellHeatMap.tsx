import { type SplitName, splitNames } from '../../../dataset/splitName';
import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { chartTableToCsv } from '../../charts/chartTable';
import { downloadFile } from '../../files/downloadFile';
import { formatCount } from '../../format/formatNumber';
import { Button } from '../../ui/Button';
import styles from './CellHeatMap.module.css';
import { countCells } from './countCells';
import { fewImages, HeatCell } from './HeatCell';

const splitTitles: Record<SplitName, string> = { train: 'Training', validation: 'Validation', test: 'Test (locked)' };
const groups = [0, 1] as const;

/** Class × group, per split: the count in each cell, the shade its share of its group. */
export function CellHeatMap({ dataset }: { dataset: DatasetManifest }) {
  const counts = countCells(dataset);
  const { classNames, groupNames } = dataset;
  const total = (split: SplitName, group: 0 | 1) => counts[split].reduce((sum, cell) => sum + cell[group], 0);
  const save = () =>
    downloadFile(
      'class-by-group.csv',
      chartTableToCsv({
        columns: ['class', ...splitNames.flatMap((split) => groupNames.map((group) => `${split}: ${group}`))],
        rows: classNames.map((name, index) => [name, ...splitNames.flatMap((split) => counts[split][index]!)]),
      }),
      'text/csv',
    );
  return (
    <section className={styles.wrap} aria-labelledby="heat-title">
      <div className={styles.head}>
        <h3 id="heat-title">Images by class and {dataset.sensitiveAttribute}</h3>
        <span className={styles.sample}>n = {formatCount(dataset.samples.labels.length)} images</span>
        <Button look="quiet" onPress={save}>
          Save CSV
        </Button>
      </div>
      <div className={styles.scroll} role="region" aria-label="Counts by class and group" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {splitNames.map((split) => (
                <th key={split} scope="colgroup" colSpan={2}>
                  {splitTitles[split]}
                </th>
              ))}
            </tr>
            <tr>
              <th scope="col">Class</th>
              {splitNames.flatMap((split) =>
                groups.map((group) => (
                  <th key={`${split}${group}`} scope="col" className={styles[`group${group}`]}>
                    {groupNames[group]}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {classNames.map((name, index) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {splitNames.flatMap((split) =>
                  groups.map((group) => (
                    <HeatCell
                      key={`${split}${group}`}
                      group={group}
                      count={counts[split][index]![group]}
                      total={total(split, group)}
                      whole="the group in this split"
                    />
                  )),
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              {splitNames.flatMap((split) =>
                groups.map((group) => <td key={`${split}${group}`}>{formatCount(total(split, group))}</td>),
              )}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className={styles.caption}>
        Each cell counts the images of one class in one group; the deeper its shade, the larger that class’s share of
        the group. Where the two columns of a split differ in shade, the groups differ in what they show, and a gap
        between them need not come from the model. Dashed: fewer than {fewImages} images, so that cell’s rates are
        rough.
      </p>
    </section>
  );
}
