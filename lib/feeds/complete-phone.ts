import type { Completion, ReadValues } from './feed.ts';
import { phoneNumber } from './phone-number.ts';
import { literal } from './sql-text.ts';

/**
 * A phone number without a country takes that of the record, else that of the mapping. Where
 * neither is known its digits stay as they are.
 */
export function completePhone({ hasCountry }: { readonly hasCountry: boolean }): Completion {
  return {
    complete(values, reading) {
      const phone = values.phone ?? null;
      const country = (hasCountry ? values.country : null) ?? reading.phoneCountry;
      if (typeof phone !== 'string' || phone.startsWith('+') || typeof country !== 'string') {
        return values;
      }
      const found = phoneNumber(phone, country);
      if (found === null) return { column: 'phone', rule: 'not_a_phone' };
      return { ...values, phone: found } satisfies ReadValues;
    },

    sql({ of, done }, reading) {
      const known = reading.phoneCountry === null ? 'null' : literal(reading.phoneCountry);
      const country = hasCountry ? `coalesce(${of('country')}, ${known})` : known;
      if (country === 'null') return { values: { phone: of('phone') }, refused: [] };
      const isLocal = `not starts_with(${of('phone')}, '+') and ${country} is not null`;
      return {
        values: {
          phone: `case when ${isLocal} then phone_number(${of('phone')}, ${country}) else ${of('phone')} end`,
        },
        refused: [
          {
            when: `${of('phone')} is not null and ${done('phone')} is null`,
            column: 'phone',
            rule: 'not_a_phone',
          },
        ],
      };
    },
  };
}
