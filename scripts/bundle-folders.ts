/** The folders that functions are uploaded in, and the functions of each. */
export const bundleFolders = {
  /** With DuckDB beside it, which the night does not need. */
  ingest: ['ingest', 'compact'],
  night: ['begin', 'render', 'seal', 'compute', 'publish', 'deliver', 'retire'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
