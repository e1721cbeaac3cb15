/** The most that is taken of what is given at once; together with the limits of tables and zips they bound what it can cost. */
export const importLimits = {
  /** Files, those in zips counted one by one. */
  files: 1_000_000,
  tables: 1_000,
  /** Unpacked bytes of all tables. */
  tableBytes: 2 ** 30,
  /** Unpacked bytes for each packed one of a zip in a zip, which does not pack much tighter. */
  zipPacking: 100,
};

/** Below this many bytes, how tight a zip in a zip is packed does not matter. */
export const smallZipBytes = 16 * 2 ** 20;
