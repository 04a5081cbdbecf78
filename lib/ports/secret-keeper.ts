/** Where the secret of a home is kept: a file of its owner's, or AWS Secrets Manager. */
export interface SecretKeeper {
  /** How messages name the place. */
  readonly place: string;
  /** Its text; null where there is none. */
  read(): Promise<string | null>;
  /** Keeps this text unless one is kept already. Fails where a secret is made by somebody else. */
  keep(text: string): Promise<void>;
}
