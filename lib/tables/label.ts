import { runTable, text } from './contract.ts';

export const label = runTable({
  name: 'label',
  grain: 'one row a code of the tables and language',
  key: ['kind', 'code', 'language'],
  promise: 'pure',
  columns: {
    kind: text('What the code is of, as the unit of its column says'),
    code: text('The code as it stands in the tables'),
    language: text('ISO 639-1: en'),
    text: text('What a person reads; {name} is the place of the figure of that name'),
  },
});
