/** Work with all that it needs at hand. */
export interface PreparedWork {
  /** Does it once. Resolves when its result has been read from the device. */
  run(): Promise<void>;
  dispose(): void;
}
