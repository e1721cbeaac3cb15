/** Which tables describe the images, and how they hang together. */
export interface JoinPlan {
  /** The table whose rows name the images. */
  table: string;
  /** Its columns that do: several where a row is about several images. */
  imageColumns: string[];
  joins: TableJoin[];
}

/** A further table, whose columns are added. */
export interface TableJoin {
  table: string;
  /** The column by which its rows are found. */
  column: string;
  /** The column of what is joined so far that must hold the same; null when `column` names the image. */
  to: string | null;
}
