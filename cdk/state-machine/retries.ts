import type { Retrier } from './states.ts';

/** Errors that the same input meets again: broken promises, wrong settings, wrong messages, a person's word that
 * is missing. */
const notWorthRepeating = ['AuditError', 'ConfigurationError', 'ConfirmationError', 'ZodError'];

/**
 * A function is tried 4 times: after 5 s, 15 s and 45 s, together 65 s of waiting, which outlasts a
 * throttled API or a container that died. Every function may be run again at any moment.
 */
export const functionRetries: readonly Retrier[] = [
  { ErrorEquals: notWorthRepeating, MaxAttempts: 0 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 3 },
];

/**
 * A start that Athena throttles is repeated up to 8 times with 5, 10, 20, 40, 60, 60, 60 and 60 s,
 * at most 315 s, cut down at random so that tables of one layer do not meet again. A query that
 * fails is repeated after 30 and 60 s: a wrong text costs 90 s and two failed queries, while a
 * busy moment of S3 or Athena costs no night. A query that runs out of time is not repeated.
 */
export const queryRetries: readonly Retrier[] = [
  {
    ErrorEquals: ['Athena.TooManyRequestsException'],
    IntervalSeconds: 5,
    MaxAttempts: 8,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
  { ErrorEquals: ['States.Timeout'], MaxAttempts: 0 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 2, BackoffRate: 2 },
];
