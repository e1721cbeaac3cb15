import { type RefObject } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { downloadFile } from '../files/downloadFile';
import fields from '../ui/Fields.module.css';
import { type ChartTable, chartTableToCsv } from './chartTable';
import { type FigureText, figureToSvg, svgToPng } from './exportFigure';
import styles from './Figure.module.css';

interface FigureMenuProps {
  drawing: RefObject<HTMLElement | null>;
  text: FigureText;
  table: ChartTable;
}

/** Saves a figure: as SVG, as PNG at twice its size, or its numbers as CSV. */
export function FigureMenu({ drawing, text, table }: FigureMenuProps) {
  const fileName = text.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const save = async (kind: string | number) => {
    if (kind === 'csv') downloadFile(`${fileName}.csv`, chartTableToCsv(table), 'text/csv');
    if (kind === 'copy') await navigator.clipboard.writeText(chartTableToCsv(table));
    if (!drawing.current) return;
    if (kind === 'svg') downloadFile(`${fileName}.svg`, figureToSvg(drawing.current, text).svg, 'image/svg+xml');
    if (kind === 'png') {
      downloadFile(`${fileName}.png`, await svgToPng(figureToSvg(drawing.current, text), 2), 'image/png');
    }
  };
  return (
    <MenuTrigger>
      <AriaButton className={styles.menu} aria-label={`Save figure: ${text.title}`}>
        Save ▾
      </AriaButton>
      <Popover>
        <Menu className={fields.list} onAction={(kind) => void save(kind)}>
          <MenuItem id="svg" className={fields.item}>
            SVG
          </MenuItem>
          <MenuItem id="png" className={fields.item}>
            PNG ×2
          </MenuItem>
          <MenuItem id="csv" className={fields.item}>
            CSV
          </MenuItem>
          <MenuItem id="copy" className={fields.item}>
            Copy numbers
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
