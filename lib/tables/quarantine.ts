import { code, count, logTable, text } from './contract.ts';

/** Every refused record with place, rule and advice; one row without a record for a refused file. */
export const quarantine = logTable({
  name: 'quarantine',
  folder: 'quarantine',
  grain: 'one row a refused record or refused file',
  key: ['load_id', 'record_number'],
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
    rule: code('rule', 'The rule that refuses it.'),
    hint: text('What to do about it, in English, as it was said on arrival.'),
    raw_record: text('The record as it stood, fields in order. Here and nowhere else.', {
      nullable: true,
      pii: 'direct',
    }),
  },
});
