/** A kind of file that is no text table, and what to do with one. */
export interface ForeignKind {
  /** With its article: `an Excel workbook (.xlsx)`. */
  what: string;
  hint: string;
}

const kind = (what: string, hint: string): ForeignKind => ({ what, hint });
const saveAsCsv = 'Open it in the program that it comes from and save its sheet as CSV (UTF-8).';
const withPandas = (reader: string) =>
  `Save it as CSV first, in Python by pandas.${reader}(…).to_csv("table.csv", index=False).`;
const unpack = 'Unpack it first, and give the table that is inside.';

const excel = kind('an Excel workbook (.xlsx)', saveAsCsv);
const openDocument = kind('an OpenDocument spreadsheet (.ods)', saveAsCsv);
const numbers = kind('a Numbers document (.numbers)', saveAsCsv);
const oldExcel = kind('an Excel workbook of the old kind (.xls)', saveAsCsv);
const parquet = kind('a Parquet file', withPandas('read_parquet'));
const feather = kind('an Arrow or Feather file', withPandas('read_feather'));
const spss = kind(
  'an SPSS file (.sav)',
  'Save it as CSV in SPSS, or in Python by pandas.read_spss(…).to_csv("table.csv").',
);
const stata = kind('a Stata file (.dta)', withPandas('read_stata'));
const sas = kind('a SAS file', withPandas('read_sas'));
const rData = kind('an R data file', 'Save it as CSV in R by write.csv(data, "table.csv", row.names = FALSE).');
const pickle = kind('a Python pickle', withPandas('read_pickle'));
const hdf = kind('an HDF5 file (.h5, .mat)', withPandas('read_hdf'));
const json = kind('a JSON file', withPandas('read_json'));
const html = kind(
  'a web page (HTML)',
  'The download may have failed, or a program saved HTML under another name: save the table as CSV.',
);
const xml = kind('an XML file', saveAsCsv);

/** First bytes of files, and where they stand. */
const signatures: readonly { at?: number; bytes: string | readonly number[]; kind: ForeignKind }[] = [
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], kind: oldExcel },
  { bytes: 'PAR1', kind: parquet },
  { bytes: 'ARROW1', kind: feather },
  { bytes: 'FEA1', kind: feather },
  { bytes: '$FL2', kind: spss },
  { bytes: '$FL3', kind: spss },
  { bytes: '<stata_dta>', kind: stata },
  { at: 84, bytes: 'SAS FILE', kind: sas },
  { bytes: 'RDX', kind: rData },
  { bytes: 'RDA', kind: rData },
  { bytes: [0x1f, 0x8b], kind: kind('packed with gzip (.gz)', unpack) },
  { bytes: 'BZh', kind: kind('packed with bzip2 (.bz2)', unpack) },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], kind: kind('packed with xz (.xz)', unpack) },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: kind('packed with zstd (.zst)', unpack) },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: kind('a 7-Zip archive', unpack) },
  { bytes: 'Rar!', kind: kind('a RAR archive', unpack) },
  { at: 257, bytes: 'ustar', kind: kind('a tar archive', unpack) },
  { bytes: [0x89, 0x48, 0x44, 0x46], kind: hdf },
  {
    bytes: 'MATLAB 5.0',
    kind: kind('a MATLAB file (.mat)', 'Save it as CSV in MATLAB by writetable(T, "table.csv").'),
  },
  { bytes: 'SQLite format 3', kind: kind('an SQLite database', 'Export its table as CSV.') },
  {
    bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    kind: kind('a NumPy array (.npy)', 'Save it as CSV with column names.'),
  },
  { bytes: 'Obj\u0001', kind: kind('an Avro file', 'Save it as CSV.') },
  { bytes: 'ORC', kind: kind('an ORC file', withPandas('read_orc')) },
  { bytes: 'bplist', kind: numbers },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: kind('an image (PNG)', 'Give the table itself, as CSV.') },
  { bytes: [0xff, 0xd8, 0xff], kind: kind('an image (JPEG)', 'Give the table itself, as CSV.') },
  { bytes: 'GIF8', kind: kind('an image (GIF)', 'Give the table itself, as CSV.') },
];

/** By the beginning of the text, blanks and a byte order mark aside. */
const texts: readonly { pattern: RegExp; kind: ForeignKind }[] = [
  {
    pattern: /^version https:\/\/git-lfs/,
    kind: kind('a pointer of Git LFS, not the file itself', 'Get the file by "git lfs pull".'),
  },
  { pattern: /^(<!doctype html|<html|<head|<body|<table|<meta)/i, kind: html },
  { pattern: /^<\?xml|^<workbook/i, kind: xml },
  { pattern: /^\{\s*["}]|^\[\s*[[{\]"\d-]/, kind: json },
  { pattern: /^@relation\s/i, kind: kind('a file of Weka (ARFF)', 'Save it as CSV in Weka.') },
  { pattern: /^[^\n]{0,200}SPSS PORT FILE/, kind: spss },
  { pattern: /^%PDF/, kind: kind('a PDF document', 'Give the table itself, as CSV.') },
  { pattern: /^\{\\rtf/, kind: kind('a text document (.rtf)', 'Save its table as CSV.') },
];

/** Where the content alone does not say it. */
const endings: readonly { pattern: RegExp; kind: ForeignKind }[] = [
  { pattern: /\.(xlsx|xlsm|xlsb|xltx)$/i, kind: excel },
  { pattern: /\.xls$/i, kind: oldExcel },
  { pattern: /\.ods$/i, kind: openDocument },
  { pattern: /\.numbers$/i, kind: numbers },
  { pattern: /\.(parquet|pq)$/i, kind: parquet },
  { pattern: /\.(feather|arrow|ipc)$/i, kind: feather },
  { pattern: /\.(sav|zsav|por)$/i, kind: spss },
  { pattern: /\.dta$/i, kind: stata },
  { pattern: /\.(sas7bdat|xpt)$/i, kind: sas },
  { pattern: /\.(rds|rda|rdata)$/i, kind: rData },
  { pattern: /\.(pkl|pickle)$/i, kind: pickle },
  { pattern: /\.(csv|tsv|tab|txt)\.(gz|bz2|xz|zst|7z|rar)$/i, kind: kind('a packed table', unpack) },
  { pattern: /\.jsonl?$/i, kind: json },
];

/** Whether a file's name says that it is a table of another program, which only a message can be made of. */
export function isForeignTableName(path: string): boolean {
  return endings.some(({ pattern }) => pattern.test(path)) && !/\.jsonl?$/i.test(path);
}

/**
 * What a file is that is no text table, by its first bytes and, where they do not say it, by its name; null when nothing
 * speaks against text.
 *
 * @param head the first kilobytes
 */
export function nameForeignFile(path: string, head: Uint8Array): ForeignKind | null {
  // A header may begin with the same letters (ORCID, …): those of a binary file stand beside bytes that no text has.
  const isBinary = head.some((byte) => byte < 9 || (byte > 13 && byte < 27));
  const found = signatures.find(
    ({ at = 0, bytes }) => (isBinary || typeof bytes !== 'string') && holds(head, at, bytes),
  );
  if (found) return found.kind;
  if (holds(head, 0, 'PK\u0003\u0004') || holds(head, 0, 'PK\u0005\u0006')) return nameZip(path, head);
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return pickle;
  if (head[0]! >= 0x6e && head[0]! <= 0x73 && (head[1] === 1 || head[1] === 2) && head[2] === 1) return stata;
  const text = latin(head).replace(/^(\u00ef\u00bb\u00bf)?\s*/, '');
  const byText = texts.find(({ pattern }) => pattern.test(text));
  return byText?.kind ?? endings.find(({ pattern }) => pattern.test(path))?.kind ?? null;
}

/** Spreadsheets are zips whose first entries say which program wrote them. */
function nameZip(path: string, head: Uint8Array): ForeignKind {
  const text = latin(head);
  const byName = endings.find(({ pattern }) => pattern.test(path))?.kind;
  if (/opendocument\.spreadsheet/.test(text)) return openDocument;
  if (/\.iwa|Index\.zip/.test(text)) return numbers;
  if (/xl\/|\[Content_Types\]\.xml/.test(text)) return excel;
  return byName ?? kind('a zip archive, most likely an Excel workbook (.xlsx) under another name', saveAsCsv);
}

function holds(bytes: Uint8Array, at: number, sought: string | readonly number[]): boolean {
  const numbersSought = typeof sought === 'string' ? Array.from(sought, (letter) => letter.charCodeAt(0)) : sought;
  return numbersSought.every((byte, index) => bytes[at + index] === byte);
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
