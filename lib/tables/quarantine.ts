import { code, count, logTable, text } from './contract.ts';

/** Every refused record, file and value with place, rule and advice. */
export const quarantine = logTable({
  name: 'quarantine',
  folder: 'quarantine',
  grain: 'one row a refused record, a refused file, or a value dropped of an accepted record',
  key: ['load_id', 'record_number', 'column_name'],
  promise: 'bookkeeping',
  columns: {
    load_id: text('The load.'),
    feed: code('feed', 'The feed.'),
    source: text('The exporting system; empty when the file follows the contract itself.'),
    record_number: count(
      'records',
      "The record's place in its file, from 1; for a refused file where the damage begins.",
      { nullable: true },
    ),
    byte_offset: count('bytes', 'Where the record begins in the inflated file.', {
      nullable: true,
    }),
    column_name: text('The column of the feed; NULL when it is the record or the file.', {
      nullable: true,
    }),
    effect: code(
      'quarantine_effect',
      'What is refused: value (the record is accepted without it), record or file.',
    ),
    rule: code('rule', 'The rule that refuses it.'),
    hint: text('What to do about it, in English, as it was said on arrival.'),
    raw_record: text('The record as it stood, fields in order. Here and nowhere else.', {
      nullable: true,
      pii: 'direct',
    }),
  },
});
