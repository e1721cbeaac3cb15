import { createTableBuilder } from '../../tables/createTableBuilder';
import type { Table } from '../../tables/table';

/** What the table of file names is called among the others. */
export const namesTable = '(file names)';

/** UTKFace: `[age]_[gender]_[race]_[date and time].jpg`, or `….jpg.chip.jpg`. */
const faceName = /^(\d{1,3})_([01])_([0-4])_\d{8,}\.jpe?g(?:\.chip\.jpe?g)?$/i;
const genders = ['male', 'female'];
const races = ['White', 'Black', 'Asian', 'Indian', 'Other'];
const leastShare = 0.5;
const yearsPerBand = 20;
const lastBand = 80;

/**
 * What file names of UTKFace's kind say: age, age band, gender and race. Names that lack a field get no row, and so are
 * counted as images without one. Null when fewer than half of the names are of this kind.
 */
export function tabulateNames(images: readonly { path: string }[]): Table | null {
  const found = images.map(({ path }) => faceName.exec(path.slice(path.lastIndexOf('/') + 1)));
  const count = found.filter((match) => match !== null).length;
  if (count === 0 || count < leastShare * images.length) return null;
  const builder = createTableBuilder(namesTable, ['path', 'age', 'age_band', 'gender', 'race']);
  for (const [index, match] of found.entries()) {
    if (!match) continue;
    const [, age, gender, race] = match;
    const cells = [Number(age).toString(), bandOf(Number(age)), genders[Number(gender)]!, races[Number(race)]!];
    builder.add([images[index]!.path, ...cells], index + 1);
  }
  return builder.finish();
}

/** `0-19`, `20-39`, … `80+`. */
function bandOf(age: number): string {
  const from = Math.min(lastBand, Math.floor(age / yearsPerBand) * yearsPerBand);
  return from === lastBand ? `${lastBand}+` : `${from}-${from + yearsPerBand - 1}`;
}

/** What the table of folders is called among the others. */
const foldersTable = '(folders)';

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
