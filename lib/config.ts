import { z } from 'zod';
import { allDestinations } from './destinations/found.ts';
import { ConfigurationError } from './errors.ts';
import { type feedNames, feeds } from './feeds/all.ts';
import { isDateFolder } from './feeds/date-folder.ts';
import { feedMapping, timeZoneMessage } from './feeds/mapping.ts';
import { isTimeZone } from './feeds/time-zone.ts';

const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be lower-case letters, digits, - and _')
  .refine((name) => !isDateFolder(name), 'must not be a date: a folder of one is no source');

const source = z.strictObject({
  orders: feedMapping(feeds.orders).optional(),
  customers: feedMapping(feeds.customers).optional(),
  products: feedMapping(feeds.products).optional(),
  /**
   * Whether order numbers begin anew (with the day, or in each store) or name one order for ever;
   * left out, the night tells it from the orders.
   */
  order_numbers: z.enum(['restart', 'unique']).optional(),
}) satisfies z.ZodType<Partial<Record<(typeof feedNames)[number], unknown>>>;

const config = z.strictObject({
  /** Reporting currency; left out, the only one that the files name. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217), such as "EUR"')
    .optional(),
  /** The business's own time zone: it says which day an order belongs to. */
  time_zone: z.string().refine(isTimeZone, { message: timeZoneMessage }).default('UTC'),
  /** First day of the history; without it the first order day, but for stray orders long before. */
  history_from: z.iso.date('must be a date YYYY-MM-DD').optional(),
  /** Share of net sales that is margin where a product has no cost: an estimate, and marked so. */
  margin_rate: z.number().min(0).max(1).optional(),
  /** Discount rate a year. */
  discount_rate: z.number().min(0).max(1).default(0.1),
  /** A file with more refused records than this share (of at least 100) is refused whole. */
  refused_share: z.number().min(0).max(1).default(0.2),
  /**
   * Identifiers that are nobody's, beside those known to be none: an address (`desk@shop.example`), the
   * beginning of one (`desk@`), the last seven digits of phone numbers, a loyalty id; as they are stored.
   */
  placeholders: z
    .array(
      z.string().regex(/^(?!.*[A-Z].*@)\S+$/, 'must be without blanks, an address in lower case'),
    )
    .default([]),
  /** Marketing tools that get the audiences; one taken out gets a last file of removals. */
  destinations: z
    .array(z.enum(allDestinations.map(({ name }) => name)))
    .refine((names) => new Set(names).size === names.length, 'must name each once')
    .default(['generic']),
  /**
   * What the embedded engine holds at most before it spills to the disk; left out, a quarter of the
   * machine's memory.
   */
  memory: z
    .string()
    .regex(/^[1-9][0-9]{0,5}(MB|GB)$/, 'must be a whole number of MB or GB, such as "4GB"')
    .optional(),
  sources: z.record(sourceName, source).default({}),
});

export type Config = z.infer<typeof config>;

/**
 * The configuration with its defaults.
 * Fails with a ConfigurationError that lists every wrong setting: path, requirement, value.
 */
export function parseConfig(given: unknown, name = 'configuration'): Config {
  const result = config.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => describe(issue, given));
  throw new ConfigurationError(`Cannot use ${name}:\n${lines.join('\n')}`);
}

/** The same from JSON text; `name` is how messages call it, such as the file's path. */
export function loadConfig(text: string, name: string): Config {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(
      `Cannot use ${name}: it must be JSON: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
  return parseConfig(given, name);
}

function describe(issue: z.core.$ZodIssue, given: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `  ${[...issue.path, key].join('.')}: is no known setting`);
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => `  ${issue.path.join('.')}: the name ${message}`);
  }
  const path = issue.path.length > 0 ? issue.path.join('.') : 'the whole';
  const found = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  const message = issue.message.replace(/^Invalid input: expected/, 'must be');
  const shown = found === undefined ? '' : `: found ${JSON.stringify(found).slice(0, 80)}`;
  return [`  ${path}: ${message}${shown}`];
}
