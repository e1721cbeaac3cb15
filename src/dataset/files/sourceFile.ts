/** A file as the user gave it. */
export interface GivenFile {
  /** Path inside the folder or drop. */
  path: string;
  file: Blob;
}

/** A file that can be read, on its own or out of a zip; nothing of it is in memory before it is read. */
export interface SourceFile {
  /** Path inside the folder or drop; in a zip it goes on with the path in there: `ham.zip/part1/a.jpg`. */
  path: string;
  /** Of the file itself, unpacked. */
  sizeBytes: number;
  /** Of what it takes in its zip; left out for a file on its own. */
  packedBytes?: number;
  read(): Promise<Blob>;
}
