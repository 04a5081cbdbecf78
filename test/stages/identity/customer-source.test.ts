import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

/** A value in every column that has a source. */
const all = {
  ...{ email: 'a@x.example', phone: '+33612345678', first_name: 'Ann', last_name: 'Low' },
  ...{ birth_date: '1990-01-01', address: '1 Way', postcode: '75001', city: 'Paris' },
  ...{ country: 'FR', loyalty_id: 'L1', acquisition_channel: 'ads' },
  ...{ acquisition_campaign: 'spring', consent_email: true, consent_sms: false, consent_ads: true },
};

test('a column of the golden record is of the latest record that fills it', async () => {
  const columns = Object.keys(all).sort();
  for (const [index, column] of columns.entries()) {
    const next = columns[(index + 1) % columns.length] as keyof typeof all;
    const rows = await built('customer_source', {
      customer_state: [
        {
          customer_key: 'k',
          recency_place: 1,
          source: 'newest',
          [column]: all[column as keyof typeof all],
        },
        { customer_key: 'k', recency_place: 2, source: 'older', ...all, [next]: null },
        { customer_key: 'l', recency_place: 1, source: 'other', [next]: all[next] },
      ],
    });
    expect(columnsOf(rows, 'customer_key', 'column_name', 'source')).toEqual([
      ...columns
        .filter((name) => name !== next)
        .map((name) => ['k', name, name === column ? 'newest' : 'older']),
      ['l', next, 'other'],
    ]);
  }
});
