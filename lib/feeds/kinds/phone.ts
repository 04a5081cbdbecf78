import { type FieldKind, readBy, refuse } from '../field.ts';
import { phoneNumber } from '../phone-number.ts';
import { withoutFloat } from './identifier.ts';

const international = '([+]|00)[\\s\\S]*';
const grouping = '[ ./()-]';

/**
 * A phone number that names its country by + or 00, in E.164; of another one the digits, which are
 * completed when the whole record is known (see `completePhone`).
 */
export const phone: FieldKind = {
  name: 'phone',
  type: 'varchar',
  unit: 'E.164',
  schema: () =>
    readBy((text) => {
      if (new RegExp(`^(?:${international})$`).test(text)) {
        return phoneNumber(text, '') ?? refuse('not_a_phone');
      }
      const digits = withoutFloat(text).replace(new RegExp(grouping, 'g'), '');
      return /^[0-9]{4,15}$/.test(digits) ? digits : refuse('not_a_phone');
    }),
  sql: ({ text, prepared }) => ({
    prepared: `regexp_replace(regexp_replace(${text}, '^([1-9][0-9]{0,15})[.]0$', '\\1'), '${grouping}', '', 'g')`,
    value: `case when starts_with(${text}, '+') or starts_with(${text}, '00') then phone_number(${text}, '') when regexp_full_match(${prepared}, '[0-9]{4,15}') then ${prepared} end`,
    unread: [{ when: 'true', rule: 'not_a_phone' }],
    refused: [],
  }),
};
