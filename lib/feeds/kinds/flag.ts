import { type FieldKind, readBy, refuse } from '../field.ts';

const yes = ['true', 't', 'yes', 'y', '1'];
const no = ['false', 'f', 'no', 'n', '0'];

/** True or false, in the words that exports use. */
export const flag: FieldKind = {
  name: 'flag',
  type: 'boolean',
  unit: 'true or false',
  schema: () =>
    readBy((text) => {
      const word = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      if (yes.includes(word)) return true;
      return no.includes(word) ? false : refuse('not_a_flag');
    }),
  sql: ({ text }) => {
    const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
    const lower = `case when strlen(${text}) = length(${text}) then lower(${text}) end`;
    return {
      value: `case when ${lower} in (${list(yes)}) then true when ${lower} in (${list(no)}) then false end`,
      unread: [{ when: 'true', rule: 'not_a_flag' }],
      refused: [],
    };
  },
};
