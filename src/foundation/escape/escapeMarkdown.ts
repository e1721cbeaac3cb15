import { withoutControls } from './withoutControls';

/** Signs that mean something anywhere in a line of CommonMark or of GitHub's tables, formulas and strikethrough. */
const anywhere = /[\\`*_<>|~$]/g;
/** What would make the text a link, or an image, with what stands behind it. */
const linkEnd = /\](?=[([:])/g;
/** Addresses that GitHub makes links of. */
const address = /(www)(?=\.)|:(?=\/\/)/gi;
/** With a semicolon behind it, the text's own or another's, it would be one sign. */
const entity = /&(?=[#\w])/g;

/**
 * A text as one that a reader of Markdown shows as it is, in a line or in a cell of a table: no sign in it ends a cell, opens a
 * link or is read as markup. White space, line ends too, becomes a blank; control signs become �.
 */
export function escapeMarkdown(text: string): string {
  return withoutControls(text.replaceAll(/\s+/g, ' '))
    .replaceAll(anywhere, '\\$&')
    .replaceAll(linkEnd, '\\]')
    .replaceAll(entity, '\\&')
    .replaceAll(address, (found, host: string | undefined) => (host === undefined ? '\\:' : `${found}\\`));
}

/**
 * {@link escapeMarkdown} for a text that begins a line, such as a paragraph, a heading's or a list item's: it begins no
 * heading, list, quotation, rule or definition of a link, and ends no heading.
 */
export function escapeMarkdownLine(text: string): string {
  return escapeMarkdown(text.trim())
    .replace(/^[#[+\-=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/(?<!^\\)#$/, '\\#');
}

/** A row of a table of Markdown. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}
