import { z } from 'zod';
import { parseDateFormat } from './date-format.ts';
import { type Feed, isColumnOf } from './feed.ts';
import { nearest } from './nearest.ts';
import { statusKey, statusMeanings } from './status-words.ts';
import { isTimeZone } from './time-zone.ts';

const header = z.string().min(1);
const sign = z
  .string()
  .regex(/^[\t\x20-\x7e]$/, 'must be one ASCII character, such as ";" or "\\t"');
const oneTest = 'must have exactly one of "equals", "one_of" and "begins_with"';

const dateFormat = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((formats) => (typeof formats === 'string' ? [formats] : formats))
  .refine((formats) => formats.every((form) => form === 'ISO' || parseDateFormat(form) !== null), {
    message:
      'must be "ISO" or made of YYYY YY MM M DD D HH H hh h mm ss SSS A MMM MMMM with year, month and day, such as "DD/MM/YYYY HH:mm" (hh and h need A)',
  });

const fullColumn = z
  .strictObject({
    /** Header of the column to read. */
    from: header.optional(),
    /** Headers of columns whose texts are put together; empty ones are left out. */
    join: z.array(header).min(2).optional(),
    /** What stands between the joined texts. */
    with: z.string().default(''),
    /** The same text for every record. */
    value: z.string().optional(),
    /** Texts that mean another: {"Storniert": "cancelled"}. Others stay as they are. */
    values: z.record(z.string().min(1), z.string()).default({}),
    /**
     * What the column holds where it is not what the contract says: a discount as a share of the
     * line (rate: 0.2, percent: 20), an amount before the discount of the line.
     */
    as: z.enum(['rate', 'percent', 'before_discount']).optional(),
    /** How dates of this column are written, when not as elsewhere in the file. */
    date_format: dateFormat.optional(),
    /**
     * What to do with a text that cannot be read: refuse the record, or take it as empty in silence.
     * Left out, it refuses the record where money, time or the winning row rest on the column, and
     * is dropped and noted elsewhere.
     */
    unreadable: z.enum(['refuse', 'empty']).optional(),
  })
  .refine(
    ({ from, join, value }) => [from, join, value].filter((way) => way !== undefined).length === 1,
    { message: 'must have exactly one of "from", "join" and "value"' },
  );

/** The column that each way of holding something belongs to. */
const sharedColumn = { rate: 'discount', percent: 'discount', before_discount: 'amount' } as const;

/** How one column of the feed is made: a header alone is short for {"from": header}. */
const columnMapping = z.preprocess(
  (short) => (typeof short === 'string' ? { from: short } : short),
  fullColumn,
);
export type ColumnMapping = z.infer<typeof fullColumn>;

/** What a column's text must be; an empty text equals "". */
const condition = z
  .strictObject({
    column: header,
    equals: z.string().optional(),
    one_of: z.array(z.string()).min(1).optional(),
    begins_with: z.string().min(1).optional(),
  })
  .refine(hasOneTest, { message: oneTest });
export type Condition = z.infer<typeof condition>;

/** Records that are left out: those that meet the condition, and all others under "and". */
const ignoreRule = z
  .strictObject({
    ...condition.shape,
    and: z.array(condition).default([]),
    /** Why such records are left out: the summary counts them by it. */
    reason: z.string().min(1),
  })
  .refine(hasOneTest, { message: oneTest });
export type IgnoreRule = z.infer<typeof ignoreRule>;

function hasOneTest({
  equals,
  one_of,
  begins_with,
}: {
  readonly equals?: string | undefined;
  readonly one_of?: readonly string[] | undefined;
  readonly begins_with?: string | undefined;
}): boolean {
  return [equals, one_of, begins_with].filter((test) => test !== undefined).length === 1;
}

/** How the files of one source are read as one feed: what a data engineer writes by hand. */
export function feedMapping(feed: Feed) {
  return z
    .strictObject({
      /**
       * append: each file adds rows, an order is whole; changed_lines: of an order whose lines are
       * numbered a file holds those that changed; snapshot: each is the whole, rows that vanish are gone.
       */
      delivers: z.enum(['append', 'changed_lines', 'snapshot']).default('append'),
      /** The sign between fields; left out, it is plain from the header. */
      delimiter: sign.optional(),
      /** Lines above the header, empty ones not counted. */
      skip_lines: z.number().int().min(0).max(100).default(0),
      /** The sign around fields; null: fields are never quoted. */
      quote: sign.nullable().default('"'),
      encoding: z
        .enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15'])
        .default('utf-8'),
      decimal: z.enum(['.', ',']).default('.'),
      thousands: z.enum(['', '.', ',', ' ', "'"]).default(''),
      date_format: dateFormat.default(['ISO']),
      /** Zone of times without an offset; left out, the business's own. */
      time_zone: z.string().refine(isTimeZone, { message: timeZoneMessage }).optional(),
      /** Country of phone numbers that name none. */
      phone_country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166), such as "FR"')
        .optional(),
      /** Texts that stand for no value: "NULL", "N/A", "-". */
      empty: z.array(z.string().min(1)).default([]),
      /** What words of the status mean: {"parked": "open"}; they go before those that are known. */
      status_words: z
        .record(z.string().min(1), z.enum(statusMeanings))
        .transform((words) =>
          Object.fromEntries(
            Object.entries(words).map(([word, meaning]) => [statusKey(word), meaning]),
          ),
        )
        .default({}),
      /** The amounts hold tax at this rate (0.2 = 20 %); a tax column of the line goes before it. */
      amounts_include_tax: z
        .strictObject({ rate: z.number().min(0).max(1).multipleOf(0.0001) })
        .optional(),
      columns: z.record(z.string(), columnMapping),
      ignore: z.array(ignoreRule).default([]),
    })
    .superRefine((mapping, context) => {
      if (mapping.thousands === mapping.decimal) {
        context.addIssue({
          code: 'custom',
          path: ['thousands'],
          message: `must differ from "decimal" (${mapping.decimal})`,
        });
      }
      if (mapping.amounts_include_tax !== undefined && 'order_tax' in mapping.columns) {
        const message =
          'must be left out where amounts include tax: it is taken off no line, the rate or the "tax" of lines is';
        context.addIssue({ code: 'custom', path: ['columns', 'order_tax'], message });
      }
      for (const [column, { as }] of Object.entries(mapping.columns)) {
        if (as === undefined || sharedColumn[as] === column) continue;
        const message = `must be left out: only ${sharedColumn[as]} can be "${as}"`;
        context.addIssue({ code: 'custom', path: ['columns', column, 'as'], message });
      }
      checkColumns(feed, Object.keys(mapping.columns), (path, message) =>
        context.addIssue({ code: 'custom', path: ['columns', ...path], message }),
      );
    });
}

export type FeedMapping = z.infer<ReturnType<typeof feedMapping>>;

export const timeZoneMessage = 'must be an IANA time zone, such as "Europe/Paris" or "UTC"';

function checkColumns(
  feed: Feed,
  columns: readonly string[],
  report: (path: string[], message: string) => void,
): void {
  const known = Object.keys(feed.fields);
  for (const column of columns.filter((given) => !isColumnOf(feed, given))) {
    const attribute = feed.hasAttributes ? ' or attr_<name>' : '';
    report(
      [column],
      `must be a column of ${feed.name}${attribute} (nearest: ${nearest(column, known)})`,
    );
  }
  for (const [column, { required }] of Object.entries(feed.fields)) {
    if (required && !columns.includes(column)) report([column], 'is required and must be mapped');
  }
}

/** The headers that a mapping reads, each once. */
export function headersOf(mapping: FeedMapping): readonly string[] {
  const read = Object.values(mapping.columns).flatMap((column) => column.join ?? column.from ?? []);
  const looked = mapping.ignore.flatMap((rule) => [rule, ...rule.and]);
  return [...new Set([...read, ...looked.map(({ column }) => column)])];
}
