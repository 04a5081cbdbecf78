import { logTable, text } from './contract.ts';

/**
 * What stands for an identifier where the identifier itself need not be known: keys of customers are
 * made from it. It follows from the identifier and the home's secret alone, so that a row that is
 * there twice, in a load's own file and in a compacted one, says the same.
 */
export const pseudonym = logTable({
  name: 'pseudonym',
  folder: 'pseudonym',
  grain: 'one row an identifier that a load holds',
  key: ['load_id', 'kind', 'source', 'value'],
  promise: 'bookkeeping',
  columns: {
    load_id: text('A load whose accepted rows hold the identifier.'),
    kind: text('source_id, email, phone or loyalty_id.'),
    source: text('System whose id it is; empty text for what is the same everywhere.'),
    value: text('The identifier itself, as it is in the accepted rows.', { pii: 'direct' }),
    pseudonym: text(
      "HMAC-SHA-256 of kind, source and value with the home's secret, 32 hex digits.",
      {
        pii: 'indirect',
      },
    ),
  },
});
