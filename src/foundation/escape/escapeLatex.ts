const escapes: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
};

/** A text that LaTeX sets as it is, on one line: no sign in it is a command or ends a cell. */
export function escapeLatex(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\~^−&%$#_{}]/g, (sign) => escapes[sign] ?? `\\${sign}`);
}

/** A row of a tabular. A bracket or star that begins it is kept from the line end before, which would take it as its own. */
export function latexRow(cells: readonly string[]): string {
  return `${cells.map(escapeLatex).join(' & ').replace(/^[[*]/, '{$&}')} \\\\`;
}
