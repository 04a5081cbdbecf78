import { type FieldKind, type Reading, readBy, refuse } from '../field.ts';
import { literal } from '../sql-text.ts';
import { statusMeaning } from '../status-words.ts';

/** What the status of an order means: `sold`, `open`, `cancelled`, … */
export const status: FieldKind = {
  name: 'status',
  type: 'varchar',
  unit: 'sold, partly_given_back, given_back, open or cancelled',
  schema: ({ statusWords }) =>
    readBy((text) => statusMeaning(text, statusWords) ?? refuse('unknown_status')),
  sql: ({ text }, reading) => ({
    value: `case lower(${text}) ${commonWords(reading)} else status_meaning(${text}, ${literal(JSON.stringify(reading.statusWords))}) end`,
    unread: [{ when: 'true', rule: 'unknown_status', told: text }],
    refused: [],
  }),
};

/** Words that are most of what files hold. */
const common = ['completed', 'paid', 'shipped', 'complete', 'delivered', 'cancelled', 'refunded'];

/** Common words are their own keys: the engine looks them up faster than a function does. */
function commonWords({ statusWords }: Reading): string {
  return common
    .map((word) => `when '${word}' then '${statusMeaning(word, statusWords)}'`)
    .join(' ');
}
