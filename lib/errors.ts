/** What a process answers. See the command line in the README. */
export type ExitCode = 0 | 2 | 3 | 4 | 5;

/**
 * The base of every error Clientele raises on purpose. Messages say the action, the requirement and
 * the value, and never hold personal data. Bad rows are data (quarantine), not errors.
 */
export abstract class ClienteleError extends Error {
  abstract readonly exitCode: ExitCode;
}

/** Wrong usage or configuration: the user can mend it. */
export class ConfigurationError extends ClienteleError {
  override readonly name = 'ConfigurationError';
  readonly exitCode = 3;
}

/** The engine refused or failed a query. */
export class EngineError extends ClienteleError {
  override readonly name: string = 'EngineError';
  readonly exitCode = 4;
}

/** An object could not be read or written. */
export class StorageError extends ClienteleError {
  override readonly name: string = 'StorageError';
  readonly exitCode = 4;
}

/** One object cannot be used, and it is not the store's fault: for its name, or the rights on it. */
export class ObjectError extends StorageError {
  override readonly name = 'ObjectError';
  readonly reason: 'unusable_name' | 'no_access';

  constructor(reason: ObjectError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Something was left undone until a person confirms it. */
export class ConfirmationError extends ClienteleError {
  override readonly name = 'ConfirmationError';
  readonly exitCode = 2;
}

/** A table broke its contract: nothing is published and yesterday's tables stay. */
export class AuditError extends ClienteleError {
  override readonly name = 'AuditError';
  readonly exitCode = 5;
}
