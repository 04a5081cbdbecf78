import { type FieldKind, readBy, refuse } from '../field.ts';

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
  sql: ({ text }) => ({
    value: text,
    refused: [
      { when: `starts_with(${text}, '=')`, rule: 'formula_cell' },
      { when: `length(${text}) > ${longest}`, rule: 'too_long' },
    ],
  }),
};
