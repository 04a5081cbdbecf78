import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../lib/errors.ts';

const days = z.int().min(1).max(3650);

const deployment = z.strictObject({
  /** Name of the stack, and in lower case of database and workgroup. */
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, 'must be letters and digits, at most 40')
    .default('Clientele'),
  /**
   * When the night begins, in the business time zone of the configuration. No zone's clocks pass over
   * the usual one when they go forward (cdk/night-hour.ts).
   */
  night_at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "04:30"')
    .default('04:30'),
  /** Who is told of alarms; without one they are seen on the dashboard only. */
  alarm_email: z.email().optional(),
  /** Where the operator's runbook can be read: alarms link to its articles. */
  runbook: z.string().min(1).default('docs/operator-runbook.md'),
  /** More refused records than this share of a day's records raise an alarm. */
  refused_share_alarm: z.number().min(0).max(1).default(0.05),
  /** Athena ends a query that scans more. */
  scan_limit_gb: z.int().min(1).max(10_000).default(100),
  /** More scanned in a day raises an alarm. */
  scan_budget_gb: z.int().min(1).max(100_000).default(200),
  keep: z
    .strictObject({
      /** Results and manifests of queries. */
      results_days: days.default(14),
      /** Objects that were replaced or deleted. */
      replaced_days: days.default(30),
      /** Published dates; the current one stays whatever its age. */
      published_days: days.default(1095),
      /** Tables of a run that was not published: no less than the 14 days a redrive may come in. */
      unpublished_days: z.int().min(15).max(3650).default(15),
      /** Who asked the bucket for what. */
      access_logs_days: days.default(365),
      /** Logs of functions and executions. */
      logs_days: z.union([z.literal(30), z.literal(90), z.literal(365)]).default(90),
    })
    .prefault({}),
});

export type Deployment = z.infer<typeof deployment>;

/**
 * How the product is deployed, with its defaults.
 * Fails with a ConfigurationError that lists every wrong setting.
 */
export function parseDeployment(given: unknown, name: string): Deployment {
  const result = deployment.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'the whole'}: ${message}`,
  );
  throw new ConfigurationError(`Cannot deploy with ${name}:\n${lines.join('\n')}`);
}

/** The settings of a JSON file; the defaults where there is none. */
export function readDeployment(file: string): Deployment {
  return parseDeployment(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}, file);
}
