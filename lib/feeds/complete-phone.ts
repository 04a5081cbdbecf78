import { Dropped } from './dropped.ts';
import type { Completion, ReadValues } from './feed.ts';
import { phoneNumber } from './phone-number.ts';
import { literal } from './sql-text.ts';

/**
 * A phone number without a country takes that of the record, else that of the mapping. Where
 * neither is known it is dropped: digits alone are no phone's address.
 */
export function completePhone({ hasCountry }: { readonly hasCountry: boolean }): Completion {
  return {
    complete(values, reading) {
      const phone = values.phone ?? null;
      const country = (hasCountry ? values.country : null) ?? reading.phoneCountry;
      if (typeof phone !== 'string' || phone.startsWith('+')) return values;
      const found = typeof country === 'string' ? phoneNumber(phone, country) : null;
      const rule = typeof country === 'string' ? 'not_a_phone' : 'phone_without_country';
      return { ...values, phone: found ?? new Dropped(rule) } satisfies ReadValues;
    },

    sql({ of, done }, reading) {
      const known = reading.phoneCountry === null ? 'null' : literal(reading.phoneCountry);
      const country = hasCountry ? `coalesce(${of('country')}, ${known})` : known;
      const phone = of('phone');
      const isUnread = `${phone} is not null and ${done('phone')} is null`;
      return {
        values: {
          phone: `case when ${phone} is null or starts_with(${phone}, '+') then ${phone} else coalesce(phone_number(${phone}, ${country}), noted(${phone})) end`,
        },
        dropped: [
          {
            when: `${isUnread} and ${country} is null`,
            column: 'phone',
            rule: 'phone_without_country',
          },
          { when: isUnread, column: 'phone', rule: 'not_a_phone' },
        ],
        refused: [],
      };
    },
  };
}
