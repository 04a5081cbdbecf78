/** What a file may be at most. */
export interface IngestLimits {
  /** Bytes of the inflated content. */
  readonly fileBytes: number;
  /** Inflated bytes per stored byte; text reaches 20, a bomb 1,000. */
  readonly inflationRatio: number;
  /** Inflated bytes from which the ratio is looked at: small files may repeat themselves. */
  readonly ratioFrom: number;
  /** Bytes of one record. */
  readonly recordBytes: number;
  /** Records of a Parquet file, by its footer. */
  readonly parquetRecords: number;
  /** Records from which the share of refused ones is looked at. */
  readonly shareFrom: number;
  /** Problems told in a summary. */
  readonly problems: number;
}

export const limits: IngestLimits = {
  fileBytes: 8 * 2 ** 30,
  inflationRatio: 200,
  ratioFrom: 64 * 2 ** 20,
  recordBytes: 2 ** 20,
  parquetRecords: 100_000_000,
  shareFrom: 100,
  problems: 20,
};
