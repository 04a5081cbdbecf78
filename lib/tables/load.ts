import { code, count, instant, logTable, text } from './contract.ts';

/** One row a load. A load counts from the moment its row exists: it is written last. */
export const load = logTable({
  name: 'load',
  folder: 'load',
  grain: 'one row a load: one content of a file, read in one way',
  key: ['load_id'],
  promise: 'bookkeeping',
  columns: {
    load_id: text('Hash of content, feed, source, and version of mapping and contract.'),
    feed: code('feed', 'The feed.'),
    source: text('The exporting system; empty when the file follows the contract itself.'),
    file: text('Key of the first delivery.'),
    preset: text(
      'The built-in preset that read the file; NULL: a mapping of the configuration, or the contract itself.',
      {
        nullable: true,
      },
    ),
    records_in: count('records', 'Records in the file, counted on their own.'),
    accepted: count('records', 'Records that became rows.'),
    quarantined: count('records', 'Records refused, with a reason each.'),
    ignored: count('records', 'Records that a rule of the mapping leaves out.'),
    values_dropped: count(
      'values',
      'Values of accepted records that could not be read and were left out.',
    ),
    words_emptied: count(
      'fields',
      'Fields of accepted records whose word means nothing, such as NULL.',
    ),
    status: code('load_status', 'loaded, or refused: nothing of the file was loaded.'),
    loaded_at: instant('When the load was finished.'),
    content_sha256: text('Hash of the content, inflated.'),
    mapping_version: text('Hash of the mapping and the version of the contract.'),
    delivers: code(
      'delivers',
      'append; changed_lines: of an order with line numbers those that changed; or snapshot: the file is the whole of its source, absent rows are gone.',
    ),
    rule: code('rule', 'Why the file was refused whole; NULL when it was loaded.', {
      nullable: true,
    }),
    hint: text('What to do about it, in English, as it was said on arrival.', { nullable: true }),
    ignored_by_reason: text('Ignored records by reason, as JSON.'),
    quarantined_by_rule: text('Refused records by rule, as JSON.'),
    accepted_by_status: text('Accepted records by what their status means, as JSON; "" is none.'),
    accepted_by_currency: text('Accepted records by currency, as JSON; "" is none.'),
    currencies: text(
      'Currencies that accepted records name, in order, with a blank between; NULL: none.',
      { nullable: true },
    ),
    secret_fingerprint: text(
      'Fingerprint of the secret that its pseudonyms were made with; NULL before there were any.',
      { nullable: true },
    ),
  },
  identities: [
    {
      states: 'records in = accepted + quarantined + ignored',
      violations: 'select load_id from load where records_in <> accepted + quarantined + ignored',
    },
  ],
});
