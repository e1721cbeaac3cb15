import type { Tally } from '../../../../dataset/findings/datasetFinding';
import type { MappingPreview } from '../../../../dataset/mapping/mappedSamples';
import { splitNames } from '../../../../dataset/splitName';
import { formatCount } from '../../../format/formatNumber';
import { Section } from '../../../ui/Section';
import { Findings } from '../FindingList';
import { fewImages, HeatCell } from '../HeatCell';
import styles from './PreviewPane.module.css';

const groups = [0, 1] as const;

const reasons: Partial<Record<Tally['leftOut'][number]['kind'], string>> = {
  'row-without-image': 'without an image',
  'duplicate-row': 'about an image that has a row',
  'uneven-row': 'uneven',
  'repeated-header': 'repeating the header',
  'blank-row': 'of separators only',
  'footer-row': 'of totals',
  'image-without-row': 'without a row',
  'duplicate-image-name': 'sharing a name',
  'image-unreadable': 'unreadable',
  'rows-differ': 'whose rows differ',
  'label-missing': 'without a label',
  'label-ambiguous': 'with two labels',
  'label-left-out': 'of a label left out',
  'class-too-small': 'of too small a class',
  'group-missing': 'of unknown group',
  'value-not-mapped': 'of neither group',
  'split-missing': 'of no split',
};

/** Class × group as the mapping stands, and what becomes of every row and image. */
export function PreviewPane({ preview, isCurrent }: { preview: MappingPreview; isCurrent: boolean }) {
  const { classNames, groupNames, counts, rows, images, unknownGroupCount, findings } = preview;
  const cell = (label: number, group: 0 | 1) => counts.reduce((sum, split) => sum + (split[label]?.[group] ?? 0), 0);
  const total = (group: 0 | 1) => classNames.reduce((sum, _, label) => sum + cell(label, group), 0);
  const inSplit = (split: number, group: 0 | 1) => (counts[split] ?? []).reduce((sum, each) => sum + each[group]!, 0);
  return (
    <section
      className={styles.pane}
      aria-labelledby="preview-title"
      aria-busy={!isCurrent}
      data-old={!isCurrent || undefined}
    >
      <h3 id="preview-title">Images by class and group</h3>
      <dl className={styles.tallies}>
        <TallyRow name="Rows" tally={rows} />
        <TallyRow name="Images" tally={images} />
        <div>
          <dt>Unknown group</dt>
          <dd>
            <strong>{formatCount(unknownGroupCount)}</strong> images
          </dd>
        </div>
      </dl>
      <div className={styles.scroll} role="region" aria-label="Counts by class and group" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Class</th>
              {groups.map((group) => (
                <th key={group} scope="col" className={styles[`group${group}`]}>
                  {groupNames[group] || `group ${group}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classNames.map((name, label) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {groups.map((group) => (
                  <HeatCell
                    key={group}
                    group={group}
                    count={cell(label, group)}
                    total={total(group)}
                    whole="the group"
                  />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            {splitNames.map((split, code) => (
              <tr key={split}>
                <th scope="row">of these, {split}</th>
                {groups.map((group) => (
                  <td key={group}>{formatCount(inSplit(code, group))}</td>
                ))}
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      <p className={styles.caption}>
        The deeper a cell’s shade, the larger that class’s share of its group. Dashed: fewer than {fewImages} images.
      </p>
      {findings.length > 0 ? (
        <Section title="Findings" summary={`${formatCount(findings.length)}: what was left out, and why`}>
          <Findings findings={findings} />
        </Section>
      ) : null}
    </section>
  );
}

function TallyRow({ name, tally: { total, used, leftOut } }: { name: string; tally: Tally }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{formatCount(used)}</strong> of {formatCount(total)} used
        {leftOut.map(({ kind, count }) => `, ${formatCount(count)} ${reasons[kind] ?? kind}`).join('')}
      </dd>
    </div>
  );
}
