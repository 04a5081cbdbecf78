import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { night } from '../../lib/pipeline.ts';
import { allTables } from '../../lib/tables/all.ts';
import { makeHome, type TestHome } from '../night/home.ts';
import { testSecretText } from '../secret.ts';
import { formsOfSecret } from './secret-forms.ts';
import { filesWith, textsOfFolder } from './texts-of-folder.ts';

/*
 * A thousand identifiers are planted: 300 people with number, e-mail and phone, and a hundred with a
 * phone alone. Whoever knows one must not find the person in anything that Clientele writes.
 */
const people = Array.from({ length: 300 }, (_, i) => ({
  number: `K-${1000 + i}`,
  email: `person${i}@example.com`,
  phone: `+3361${String(2_000_000 + i)}`,
}));
const callers = Array.from({ length: 100 }, (_, i) => `+3362${String(3_000_000 + i)}`);
const planted = [...people.flatMap(Object.values), ...callers] as string[];

const orders = [
  'ordered_at,order_id,customer_id,email,phone,amount',
  ...people.flatMap(({ number, email, phone }, i) =>
    [1, 2].map(
      (nth) => `2025-0${nth + (i % 5)}-11,${nth}${i},${number},${email},${phone},${10 + (i % 7)}`,
    ),
  ),
  ...callers.map((phone, i) => `2025-06-0${1 + (i % 9)},c${i},,,${phone},5`),
].join('\n');

let home: TestHome;
let texts: ReadonlyMap<string, string>;

beforeAll(async () => {
  home = await makeHome();
  await home.drop({ 'drop/orders/shop/orders.csv': `${orders}\n` });
  await home.ingest();
  await home.night({ asOf: '2025-06-30' });
  await home.night({ asOf: '2025-07-31' });
  texts = await textsOfFolder(home.folder);
});

/** What may stand before an identifier: nothing, and every short text of the code that makes keys. */
async function prefixes(): Promise<readonly string[]> {
  const files = night
    .filter(({ name }) => name === 'records' || name === 'identity')
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.kind === 'sql' ? [step.file] : []));
  const ours = ['secret', 'pseudonym', 'home-secret', 'destination-key'].map(
    (name) => new URL(`../../lib/keys/${name}.ts`, import.meta.url),
  );
  const making = new URL('../../lib/ingest/write-pseudonyms.ts', import.meta.url);
  const code = await Promise.all(
    [...files, ...ours, making].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const quoted = code.flatMap((text) => [...text.matchAll(/['`]([^'`\n]{1,24})['`]/g)]);
  const kinds = ['source_id', 'email', 'phone', 'loyalty_id'];
  const named = [...kinds, '1', '2', '3', '4'].flatMap((kind) =>
    ['', 'shop'].flatMap((source) =>
      ['|', '\n', ':', '/', ''].map((sign) => `${kind}${sign}${source}${sign}`),
    ),
  );
  return [...new Set(['', ...quoted.map(([, text]) => text as string), ...named])];
}

/** The first 12 characters of every digest that an outsider could compute. */
async function guesses(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const prefix of await prefixes()) {
    for (const identifier of planted) {
      for (const algorithm of ['sha256', 'sha1', 'md5']) {
        const digest = hash(algorithm, prefix + identifier, 'buffer');
        found.add(digest.toString('hex', 0, 6));
        found.add(digest.toString('base64', 0, 9));
      }
    }
  }
  return found;
}

/** Runs of 12 characters of a text that are among the guesses. */
function hits(text: string, guessed: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/]{12,}/g)) {
    for (let at = 0; at + 12 <= run.length; at += 1) {
      const part = run.slice(at, at + 12);
      if (guessed.has(part) || guessed.has(part.toLowerCase())) found.push(part);
    }
  }
  return found;
}

test('no digest of a planted identifier stands in anything that is written', async () => {
  const guessed = await guesses();
  expect(planted).toHaveLength(1000);
  expect(guessed.size).toBeGreaterThan(planted.length * 60);
  const found = [...texts].flatMap(([path, text]) => hits(`${path}\n${text}`, guessed));
  expect(found).toEqual([]);
  // The search finds what it looks for.
  const [email] = people.map((person) => person.email);
  const key = hash('sha256', `2||${email}`, 'hex').slice(0, 20);
  expect(hits(`"${key}"`, guessed)).toEqual([key.slice(0, 12)]);
  expect(hits(`x${hash('md5', `${email}`, 'base64')}`, guessed)).toHaveLength(1);
});

test('what was searched are all kinds of files and every customer of two nights', async () => {
  const kinds = new Set([...texts.keys()].map((path) => path.split('/')[0]));
  for (const kind of ['accepted', 'pseudonym', 'load', 'tables', 'published', 'reports', 'runs']) {
    expect([...kinds], kind).toContain(kind);
  }
  const [{ keys } = { keys: 0 }] = await home.ask(
    'select count(distinct customer_key) as keys from customer_history',
  );
  expect(keys).toBe(400);
});

test('an identifier stands in the tables that hold it, and in no other file', () => {
  // Those whose contract says so; docs/deployment.md names them, and a test compares.
  const named = allTables
    .filter(({ columns }) => Object.values(columns).some(({ pii }) => pii === 'direct'))
    .map(({ storage }) => storage.folder);
  const personal = new RegExp(`^(drop|accepted|pseudonym|${named.join('|')})/`);
  const others = new Map([...texts].filter(([path]) => !personal.test(path)));
  expect(others.size).toBeGreaterThan(20);
  expect(filesWith(others, planted)).toEqual([]);
});

test('the secret stands in no file, whatever form it is given', async () => {
  expect(filesWith(texts, formsOfSecret(testSecretText))).toEqual([]);
  const planting = new Map([
    ['a', `x${testSecretText}`],
    ['b', Buffer.from(testSecretText).toString('hex')],
  ]);
  expect(filesWith(planting, formsOfSecret(testSecretText))).toEqual(['a', 'b']);
  expect(await readFile(join(home.folder, 'drop/orders/shop/orders.csv'), 'utf8')).toContain(
    'K-1000',
  );
});
