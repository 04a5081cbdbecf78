import { AthenaServiceException, type QueryExecutionStatus } from '@aws-sdk/client-athena';
import { EngineError } from '../../errors.ts';

/** Athena could not do it now: the same query may succeed a little later. */
export class TransientEngineError extends EngineError {
  override readonly name = 'TransientEngineError';
}

/**
 * Errors of the text, which hold nothing of a row; the message of any other may quote one.
 * The names are Trino's: https://trino.io/docs/current/develop (StandardErrorCode).
 */
const textErrors = new Set([
  'SYNTAX_ERROR',
  'CATALOG_NOT_FOUND',
  'SCHEMA_NOT_FOUND',
  'TABLE_NOT_FOUND',
  'COLUMN_NOT_FOUND',
  'FUNCTION_NOT_FOUND',
  'TYPE_NOT_FOUND',
  'TYPE_MISMATCH',
  'MISMATCHED_COLUMN_ALIASES',
  'EXPRESSION_NOT_AGGREGATE',
  'EXPRESSION_NOT_SCALAR',
  'AMBIGUOUS_NAME',
  'NOT_SUPPORTED',
  'VIEW_IS_STALE',
  'VIEW_IS_RECURSIVE',
  'TABLE_ALREADY_EXISTS',
]);

/** System errors are Athena's own (1), user errors the query's (2). */
const systemError = 1;

/** What a query that ended without success is told as. */
export function queryFailure(queryId: string, status: QueryExecutionStatus): EngineError {
  if (status.State === 'CANCELLED') {
    return new EngineError(`Cannot run the query: it was stopped (query ${queryId}).`);
  }
  const reason = status.AthenaError?.ErrorMessage ?? status.StateChangeReason ?? '';
  const name = /^[A-Z_]+(?=:|$)/.exec(reason)?.[0];
  const told = name !== undefined && textErrors.has(name) ? reason : (name ?? 'no reason told');
  const message = `Cannot run the query: ${told} (query ${queryId}).`;
  const cause = new Error(reason);
  const isTransient =
    status.AthenaError?.Retryable === true || status.AthenaError?.ErrorCategory === systemError;
  return isTransient
    ? new TransientEngineError(message, { cause })
    : new EngineError(message, { cause });
}

/** Too many requests or too many queries at once: nothing was started. */
export function isThrottled(error: unknown): boolean {
  return (
    error instanceof AthenaServiceException &&
    ['TooManyRequestsException', 'ThrottlingException'].includes(error.name)
  );
}

/** What a call that Athena refused is told as. Its message speaks of the request, not of rows. */
export function callFailure(action: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  const name = cause instanceof Error ? cause.name : typeof cause;
  const message = `Cannot ${action}: ${name}: ${cause instanceof Error ? cause.message : ''}`;
  return isServersFault(cause)
    ? new TransientEngineError(message, { cause })
    : new EngineError(message, { cause });
}

function isServersFault(error: unknown): boolean {
  return (
    isThrottled(error) || (error instanceof AthenaServiceException && error.$fault === 'server')
  );
}
