import { text as textColumn } from '../tables/contract.ts';
import { completePhone } from './complete-phone.ts';
import { allOf, foldNames } from './completions.ts';
import type { Feed } from './feed.ts';
import { field } from './field.ts';
import { country } from './kinds/code.ts';
import { email } from './kinds/email.ts';
import { flag } from './kinds/flag.ts';
import { identifier } from './kinds/identifier.ts';
import { calendarDay, instant } from './kinds/instant.ts';
import { phone } from './kinds/phone.ts';
import { text } from './kinds/text.ts';

const reference = { emptyWords: 'reference' } as const;
const personal = { emptyWords: 'name', pii: 'direct' } as const;
const compared = ['first_name', 'last_name', 'address', 'city'];

/** Customers of one exporting system, known by any reference. One without an order is a prospect. */
export const customers: Feed = {
  name: 'customers',
  grain: 'customer of a source',
  version: 3,
  fields: {
    customer_id: field(identifier, "The customer's number in the exporting system.", {
      ...reference,
      pii: 'indirect',
      identifies: 'source_id',
    }),
    email: field(email, 'E-mail address, in lower case.', {
      ...reference,
      pii: 'direct',
      identifies: 'email',
    }),
    phone: field(phone, 'Phone number.', { ...reference, pii: 'direct', identifies: 'phone' }),
    first_name: field(text, 'First name.', personal),
    last_name: field(text, 'Last name.', personal),
    birth_date: field(calendarDay, 'Date of birth.', { emptyWords: 'date', pii: 'direct' }),
    address: field(text, 'Street and number.', personal),
    postcode: field(identifier, 'Postcode.', { pii: 'indirect' }),
    city: field(text, 'Town.', { emptyWords: 'name', pii: 'indirect' }),
    country: field(country, 'Country.', { pii: 'indirect' }),
    loyalty_id: field(identifier, 'Number of the loyalty card.', {
      ...reference,
      pii: 'indirect',
      identifies: 'loyalty_id',
    }),
    created_at: field(instant, 'When the customer was first recorded.', { emptyWords: 'date' }),
    acquisition_channel: field(text, 'The channel that brought the customer.'),
    acquisition_campaign: field(text, 'The campaign that brought the customer.'),
    consent_email: field(flag, 'Whether e-mail marketing is allowed; NULL: not known.'),
    consent_sms: field(flag, 'Whether SMS marketing is allowed; NULL: not known.'),
    consent_ads: field(flag, 'Whether use for advertising is allowed; NULL: not known.'),
    updated_at: field(instant, 'When the record was last changed: the greater one wins.', {
      emptyWords: 'date',
      isBearing: true,
    }),
  },
  completed: [],
  completion: allOf([completePhone({ hasCountry: true }), foldNames(compared)]),
  added: Object.fromEntries(
    compared.map((name) => [
      `${name}_folded`,
      textColumn(
        `The column ${name} as it is compared: lower case, no marks, ASCII where it can be.`,
        {
          nullable: true,
          pii: 'direct',
        },
      ),
    ]),
  ),
  hasAttributes: true,
  reference: { columns: ['customer_id', 'email', 'phone', 'loyalty_id'], anchor: null },
};
