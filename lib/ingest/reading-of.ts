import type { Config } from '../config.ts';
import type { Reading } from '../feeds/field.ts';
import type { FeedMapping } from '../feeds/mapping.ts';

/** How a mapping's values are read; what it leaves open is the business's. */
export function readingOf(mapping: FeedMapping, config: Config, deliveredAt: Date): Reading {
  return {
    decimal: mapping.decimal,
    thousands: mapping.thousands,
    timeZone: mapping.time_zone ?? config.time_zone,
    dateFormats: mapping.date_format,
    phoneCountry: mapping.phone_country ?? null,
    includedTaxRate: mapping.amounts_include_tax?.rate ?? null,
    discountIs: discountOf(mapping),
    amountIs:
      mapping.columns.amount?.as === 'before_discount' ? 'before_discount' : 'after_discount',
    currency: currencyOf(mapping),
    statusWords: mapping.status_words,
    deliveredAt,
  };
}

/** The one currency that a mapping gives all its amounts. */
function currencyOf({ columns }: FeedMapping): string | null {
  const given = columns.currency?.value?.trim() ?? '';
  return /^[A-Za-z]{3}$/.test(given) ? given.toUpperCase() : null;
}

function discountOf({ columns }: FeedMapping): Reading['discountIs'] {
  const as = columns.discount?.as;
  return as === 'rate' || as === 'percent' ? as : 'money';
}
