import { type FieldKind, readBy, refuse, whenSigns } from '../field.ts';

const cancelled = ['canceled', 'cancelled', 'void', 'voided'];
const longest = 256;

/** The state of an order, ASCII lower case; the ways to say cancelled are one. */
export const status: FieldKind = {
  name: 'status',
  type: 'varchar',
  unit: 'text',
  schema: () =>
    readBy((text) => {
      if (text.startsWith('=')) return refuse('formula_cell');
      if ([...text].length > longest) return refuse('too_long');
      const value = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      return cancelled.includes(value) ? 'cancelled' : value;
    }),
  sql: ({ text, signs }) => {
    const lower = !signs.nonAscii
      ? `lower(${text})`
      : `translate(${text}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`;
    const list = cancelled.map((word) => `'${word}'`).join(', ');
    return {
      value: `case when ${lower} in (${list}) then 'cancelled' else ${lower} end`,
      unread: [],
      refused: [
        ...whenSigns(signs.equals, `starts_with(${text}, '=')`, 'formula_cell'),
        ...whenSigns(signs.long, `length(${text}) > ${longest}`, 'too_long'),
      ],
    };
  },
};
