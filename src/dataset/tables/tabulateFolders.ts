import { createTableBuilder } from '../../tables/createTableBuilder';
import type { Table } from '../../tables/table';

/** What the table of folders is called among the others. */
export const foldersTable = '(folders)';

/**
 * What the folders say that images lie in: `folder` is the innermost, `folder 2` the one around it, and so on. A level at
 * which all images have the same folder says nothing and is left out. Null when no level says anything.
 */
export function tabulateFolders(images: readonly { path: string }[]): Table | null {
  const folders = images.map(({ path }) => path.split('/').slice(0, -1).reverse());
  const depth = folders.reduce((most, levels) => Math.max(most, levels.length), 0);
  const telling = Array.from({ length: depth }, (_, level) => level).filter(
    (level) => new Set(folders.map((levels) => levels[level] ?? '')).size > 1,
  );
  if (telling.length === 0) return null;
  const names = telling.map((level) => (level === 0 ? 'folder' : `folder ${level + 1}`));
  const builder = createTableBuilder(foldersTable, ['path', ...names]);
  for (const [index, { path }] of images.entries()) {
    builder.add([path, ...telling.map((level) => folders[index]![level] ?? '')], index + 1);
  }
  return builder.finish();
}
