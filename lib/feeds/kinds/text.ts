import { type FieldKind, readBy, refuse, whenSigns } from '../field.ts';

const longest = 10_000;

/** Free text: any characters up to 10,000. */
export const text: FieldKind = {
  name: 'text',
  type: 'varchar',
  unit: 'text',
  schema: () =>
    readBy((value) => {
      if (value.startsWith('=')) return refuse('formula_cell');
      if ([...value].length > longest) return refuse('too_long');
      return value;
    }),
  sql: ({ text, signs }) => ({
    value: text,
    unread: [],
    refused: [
      ...whenSigns(signs.equals, `starts_with(${text}, '=')`, 'formula_cell'),
      ...whenSigns(signs.long, `length(${text}) > ${longest}`, 'too_long'),
    ],
  }),
};
