/** A file as a user would drop it. */
export interface SampleFile {
  readonly key: string;
  readonly body: Buffer | string;
}
