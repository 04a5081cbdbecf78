import { createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigurationError } from '../../lib/errors.ts';
import { Secret } from '../../lib/keys/secret.ts';
import { makeDropHome } from '../ingest/home.ts';
import { testSecret, testSecretText } from '../secret.ts';

/** RFC 2104 by Node, from the message as it is documented: kind, source and value, a line each. */
function pseudonymOf(kind: string, source: string, value: string): string {
  const message = `${kind}\n${source}\n${value}`;
  return createHmac('sha256', testSecretText).update(message).digest('hex').slice(0, 32);
}

test('ingestion gives each identifier of a load the first 32 digits of its HMAC, once', async () => {
  const home = await makeDropHome({
    sources: {
      web: {
        customers: {
          columns: { customer_id: 'No', email: 'Mail', phone: 'Tel', loyalty_id: 'Card' },
        },
      },
    },
  });
  const long = 'x'.repeat(200);
  await home.drop({
    'customers/web/a.csv': `No,Mail,Tel,Card\n1,Ann@Example.com,+33612345678,card 7\n${long},ann@example.com,,\n5,зоя@пример.рф,,\n`,
    'orders/b.csv':
      'ordered_at,customer_id,email,amount\n2026-01-05,1,,5\n2026-01-05,1,,6\n2026-01-06,,,7\n',
  });
  await home.ingest();
  const rows = await home.read(
    'pseudonym',
    'select kind, source, value, pseudonym from rows order by all',
  );
  const expected = [
    ['email', '', 'ann@example.com'],
    ['email', '', 'зоя@пример.рф'],
    ['loyalty_id', '', 'card 7'],
    ['phone', '', '+33612345678'],
    ['source_id', '', '1'],
    ['source_id', 'web', '1'],
    ['source_id', 'web', '5'],
    ['source_id', 'web', long],
  ] as const;
  expect(rows.map(Object.values)).toEqual(
    expected.map(([kind, source, value]) => [
      kind,
      source,
      value,
      pseudonymOf(kind, source, value),
    ]),
  );
});

test('a large load has the pseudonyms that a small one has', async () => {
  const home = await makeDropHome();
  const lines = Array.from(
    { length: 100_001 },
    (_, i) => `2026-01-05,C${i % 10},m${i % 3}@a.org,5`,
  );
  await home.drop({ 'orders/a.csv': `ordered_at,customer_id,email,amount\n${lines.join('\n')}\n` });
  await home.ingest();
  const rows = await home.read('pseudonym', 'select kind, value, pseudonym from rows order by all');
  expect(rows.map(Object.values)).toEqual([
    ...['m0@a.org', 'm1@a.org', 'm2@a.org'].map((value) => [
      'email',
      value,
      pseudonymOf('email', '', value),
    ]),
    ...Array.from({ length: 10 }, (_, i) => [
      'source_id',
      `C${i}`,
      pseudonymOf('source_id', '', `C${i}`),
    ]),
  ]);
});

test('a feed without customers has no pseudonyms, nor has a file of which nothing is accepted', async () => {
  const home = await makeDropHome();
  await home.drop({
    'products/a.csv': 'product_id,name\n1,Tea\n',
    'orders/b.csv': 'ordered_at,customer_id,amount\nnever,1,5\n',
  });
  const loads = await home.ingest();
  expect(loads.map(({ accepted }) => accepted).sort()).toEqual([0, 1]);
  expect(await home.read('pseudonym', 'select * from rows')).toEqual([]);
});

test('a load made with another secret, or before there was one, is made again', async () => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': 'ordered_at,customer_id,amount\n2026-01-05,1,5\n' });
  const [first] = await home.ingest();
  expect((await home.ingest()).map(({ status }) => status)).toEqual(['unchanged']);
  await rm(join(home.folder, 'ingest'), { recursive: true });
  await home.run(
    `copy (select * exclude (secret_fingerprint) from read_parquet('${home.folder}/load/**/*.parquet')) to '${home.folder}/load/orders/load=${first?.loadId}/part.parquet'`,
  );
  expect(await home.ingest()).toMatchObject([{ status: 'loaded', loadId: first?.loadId }]);
  expect((await home.ingest()).map(({ status }) => status)).toEqual(['unchanged']);
});

test('a secret shows itself in no text that is made of it', () => {
  const error = new Error('x', { cause: testSecret });
  const texts = [
    String(testSecret),
    `${testSecret}`,
    JSON.stringify({ testSecret }),
    inspect({ testSecret }, { depth: 9, showHidden: true }),
    inspect(error),
    JSON.stringify(Object.entries(testSecret)),
  ];
  for (const text of texts) expect(text).not.toContain(testSecretText.slice(0, 12));
  expect(texts[0]).toBe('[secret]');
});

test('a text that is too short or holds other signs is refused and not quoted', () => {
  for (const text of [
    '',
    'short-and-guessable',
    `${testSecretText} ${testSecretText}`,
    'ä'.repeat(40),
  ]) {
    const making = () => Secret.of(text, 'the tests');
    expect(making).toThrow(ConfigurationError);
    expect(making).toThrow(/must be 32 to 64 letters, digits, - or _/);
    if (text !== '') expect(making).not.toThrow(text);
  }
});
