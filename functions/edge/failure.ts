import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import { ZodError } from 'zod';
import { ClienteleError } from '../../lib/errors.ts';

/**
 * What may be told of an error: a message of ours, which holds nothing personal; of any other only
 * its kind and where it happened, because its message may quote a row.
 */
export function tellable(error: unknown): Error {
  const told = new Error(messageOf(error));
  if (error instanceof Error) told.name = error.name;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n    at ').slice(1) : [];
  told.stack = [`${told.name}: ${told.message}`, ...frames].join('\n    at ');
  return told;
}

function messageOf(error: unknown): string {
  if (error instanceof ClienteleError) return error.message;
  if (error instanceof ZodError) {
    const places = error.issues.map(
      ({ path, code }) => `${path.join('.') || 'the whole'}: ${code}`,
    );
    return `Cannot read the message: its form is required: ${places.join(', ')}`;
  }
  return `An unexpected ${error instanceof Error ? error.name : typeof error}.`;
}

/** Logs a failure and fails with what may be told of it; its name decides whether it is retried. */
export function tellFailure(logger: Logger): MiddlewareObj {
  return {
    onError: (request) => {
      // In its place: an error thrown here would carry the first one along.
      request.error = tellable(request.error);
      logger.error('failed', request.error);
    },
  };
}
