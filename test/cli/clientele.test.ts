import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../lib/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'clientele-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let homes = 0;

/** A home with these files; its path. */
function makeHome(files: Readonly<Record<string, string>>): string {
  homes += 1;
  const home = join(folder, `home-${homes}`);
  for (const [key, body] of Object.entries({ 'drop/.keep': '', ...files })) {
    mkdirSync(dirname(join(home, key)), { recursive: true });
    writeFileSync(join(home, key), body);
  }
  return home;
}

function clientele(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    // the machine's own zone and language must not matter
    env: { PATH: process.env.PATH, TZ: 'Pacific/Apia', LANG: 'tr_TR.UTF-8', NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

const good = `ordered_at,order_id,customer_id,email,amount
2025-01-05,1,a,ann@example.com,10
2025-01-06,2,b,bob@example.com,20
`;

test('run ingests, publishes and exits 0; sql answers as table, CSV and JSON', () => {
  const home = makeHome({ 'drop/orders/orders.csv': good });
  const { status, stdout, stderr } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(stderr).toContain('orders.csv: 2 records = 2 accepted + 0 quarantined + 0 ignored');
  expect(stderr).toContain('Values are net sales: products tell the cost of 0 % of the sales');
  expect(stdout).toBe('');
  expect(status).toBe(0);
  const select = 'select ordered_on, net_sales from sales_order order by 1';
  const ask = (...format: string[]) => clientele('sql', '--home', home, select, ...format);
  expect(ask().stdout).toBe(
    'ordered_on  net_sales\n----------  ---------\n2025-01-05  10.0000\n2025-01-06  20.0000\n',
  );
  expect(ask('--format', 'csv').stdout).toBe(
    'ordered_on,net_sales\n2025-01-05,10.0000\n2025-01-06,20.0000\n',
  );
  expect(JSON.parse(ask('--format', 'json').stdout)).toEqual([
    { ordered_on: '2025-01-05', net_sales: '10.0000' },
    { ordered_on: '2025-01-06', net_sales: '20.0000' },
  ]);
});

test('a refused row exits 2 with place, rule and hint, the good rows are loaded', () => {
  const bad = `${good}2025-01-07,3,carla.secret,carla@example.com,12 apples\n`;
  const home = makeHome({ 'drop/orders/orders.csv': bad });
  const { status, stderr } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(status).toBe(2);
  expect(stderr).toContain('3 records = 2 accepted + 1 quarantined + 0 ignored');
  expect(stderr).toMatch(/record 3, column amount, not_a_number: \w+/);
  expect(stderr).not.toMatch(/carla|secret|apples/);
  const { stdout } = clientele(
    ...['sql', '--home', home, '--format', 'json'],
    'select record_number, column_name, rule from quarantine',
  );
  expect(JSON.parse(stdout)).toEqual([
    { record_number: 3, column_name: 'amount', rule: 'not_a_number' },
  ]);
  const again = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(again.stderr).toContain('1 file was loaded before: nothing new');
  expect(again.status).toBe(0);
});

test('a refused file exits 2 and nothing of it is loaded', () => {
  const home = makeHome({
    'drop/orders/good.csv': good,
    'drop/orders/open-quote.csv': `${good}2025-01-07,3,c,"dora@example.com,12\n`,
  });
  const { status, stderr } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(status).toBe(2);
  expect(stderr).toContain('the file is refused, nothing of it is loaded');
  expect(stderr).toMatch(/record 3, unclosed_quote: \w+/);
  expect(stderr).not.toContain('dora');
  const { stdout } = clientele(
    ...['sql', '--home', home, '--format', 'json'],
    'select count(*) as lines from order_line',
  );
  expect(JSON.parse(stdout)).toEqual([{ lines: 2 }]);
});

test('--json gives loads, run and tables on stdout and no talk', () => {
  const home = makeHome({ 'drop/orders/orders.csv': good });
  const { status, stdout, stderr } = clientele(
    ...['run', '--home', home, '--as-of', '2025-01-31', '--json'],
  );
  expect(status).toBe(0);
  expect(stderr).toBe('');
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ run_id: '2025-01-31-1', snapshot_on: '2025-01-31' });
  expect(result.loads).toHaveLength(1);
  expect(result.tables).toMatchObject({ customer: 2, order_line: 2 });
});

test('ingest takes files from elsewhere, night builds on them', () => {
  const home = makeHome({ 'elsewhere/export.csv': good });
  const file = join(home, 'elsewhere/export.csv');
  expect(clientele('ingest', '--home', home, file).status).toBe(3);
  const ingested = clientele('ingest', '--home', home, '--feed', 'orders', '--source', 'web', file);
  expect(ingested.status).toBe(0);
  expect(readFileSync(join(home, 'drop/orders/web/export.csv'), 'utf8')).toBe(good);
  expect(clientele('night', '--home', home, '--as-of', '2025-01-31').status).toBe(0);
  const report = clientele('report', '--home', home);
  expect(report.stdout.trim()).toBe(join(home, 'reports/2025-01-31/index.html'));
});

test.each([
  ['an unknown command', ['nights'], /unknown command/],
  ['a missing home', ['run'], /--home/],
  ['a date that is none', ['night', '--home', 'x', '--as-of', '2025-02-30'], /YYYY-MM-DD/],
  [
    'a configuration that is not there',
    ['night', '--home', 'x', '--config', 'no.json'],
    /no\.json/,
  ],
  ['a home without a published night', ['sql', '--home', '.', 'select 1'], /published night/],
  ['a home that is not there', ['run', '--home', 'mistyped'], /mkdir -p mistyped\/drop\/orders/],
  [
    'a day to come',
    ['night', '--home', '.', '--as-of', '2199-01-01'],
    /2199-01-01.*must have begun/,
  ],
  ['a demo over a folder of something else', ['demo', '--home', '.'], /empty folder/],
] as const)('%s exits 3 and says what is required', (_, args, says) => {
  const { status, stderr } = clientele(...args);
  expect(stderr).toMatch(says);
  expect(status).toBe(3);
});

test('a home that is not there is not made by run', () => {
  clientele('run', '--home', 'mistyped');
  expect(existsSync(join(folder, 'mistyped'))).toBe(false);
});

test('run without --as-of asks for another day where the last order is long ago', () => {
  const home = makeHome({ 'drop/orders/orders.csv': good });
  const question = 'The last order is of 2025-01-06: --as-of 2025-01-06?';
  expect(clientele('run', '--home', home).stderr).toContain(question);
  const asked = clientele('run', '--home', home, '--as-of', '2025-03-31', '--replace-newer');
  expect(asked.status).toBe(0);
  expect(asked.stderr).not.toContain('The last order');
});

test('sql takes one SELECT and reaches nothing outside the home', () => {
  const home = makeHome({ 'drop/orders/orders.csv': good });
  clientele('run', '--home', home, '--as-of', '2025-01-31');
  const secret = join(folder, 'secret.csv');
  writeFileSync(secret, 'a\n1\n');
  for (const statement of [
    `copy (select 1) to '${join(home, 'x.csv')}'`,
    'drop view customer',
    'select 1; select 2',
    `select * from read_csv('${secret}')`,
    'set lock_configuration = false',
  ]) {
    const { status, stdout } = clientele('sql', '--home', home, statement);
    expect(status, statement).toBe(3);
    expect(stdout).toBe('');
  }
});

test('check-config prints the configuration with its defaults, or every wrong setting', () => {
  const home = makeHome({
    'right.json': '{"currency": "USD"}',
    'wrong.json': '{"curency": "USD", "time_zone": "Mars/Olympus", "margin_rate": 2}',
  });
  const right = clientele('check-config', join(home, 'right.json'));
  expect(JSON.parse(right.stdout)).toMatchObject({ currency: 'USD', time_zone: 'UTC' });
  const wrong = clientele('check-config', join(home, 'wrong.json'));
  expect(wrong.status).toBe(3);
  for (const word of ['curency', 'time_zone', 'margin_rate']) expect(wrong.stderr).toContain(word);
});

test('inspect tells what would become of a file and stores nothing', () => {
  const home = makeHome({
    'good.csv': good,
    'unknown.csv': 'Datum;Kunde;Betrag\n2025-01-05;a;10\n',
  });
  const known = clientele('inspect', join(home, 'good.csv'));
  expect(known.status).toBe(0);
  expect(known.stdout).toContain('Feed: orders, read by the contract itself');
  expect(known.stdout).toContain('2 = 2 accepted + 0 quarantined + 0 ignored');
  expect(known.stdout).not.toMatch(/ann@|bob@/);
  const unknown = clientele('inspect', join(home, 'unknown.csv'));
  expect(unknown.status).toBe(2);
  expect(unknown.stdout).toMatch(/unknown_header: /);
  expect(clientele('inspect', join(home, 'none.csv')).status).toBe(3);
});

test('backtest says that a history is too short to be cut', () => {
  const home = makeHome({ 'drop/orders/orders.csv': good });
  clientele('run', '--home', home, '--as-of', '2025-01-31');
  const { status, stderr } = clientele('backtest', '--home', home);
  expect(stderr).toContain('too short');
  expect(status).toBe(0);
});

test('backtest prints the table, draws the weeks, and gives both as JSON', () => {
  // 40 customers of the spring, each back every 10 to 23 days until June 30
  const customers = Array.from({ length: 40 }, (_, i) =>
    Array.from({ length: 15 }, (_, visit) => i + visit * (10 + (i % 14))).filter(
      (day) => day < 181,
    ),
  );
  const dateOf = (day: number) =>
    new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
  const lines = customers.flatMap((days, i) =>
    days.map((day) => `${dateOf(day)},${i}-${day},c${i},10`),
  );
  const home = makeHome({
    'drop/orders/orders.csv': `ordered_at,order_id,customer_id,amount\n${lines.join('\n')}\n`,
  });
  clientele('run', '--home', home, '--as-of', '2025-06-30');
  const plain = clientele('backtest', '--home', home);
  const picture = join(home, 'reports/2025-06-30/backtest.html');
  expect(plain.stdout).toMatch(/^cut_on +horizon_days +model/);
  expect(plain.stderr).toContain(picture);
  const page = readFileSync(picture, 'utf8');
  expect(page.match(/<svg role="img"/g)).toHaveLength(2);
  expect(page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(
    /https?:|<script|NaN|undefined/,
  );

  const {
    picture: drawn,
    models,
    tracking,
  } = JSON.parse(clientele('backtest', '--home', home, '--json').stdout);
  expect(drawn).toBe(picture);
  expect(models.length).toBeGreaterThan(5);
  // 180 days: the cut lies 60 days back, on May 1, day 120
  expect(tracking.cutOn).toBe('2025-05-01');
  expect(tracking.countCustomers).toBe(40);
  const repeatsUpTo = (last: number) =>
    customers.reduce((sum, days) => sum + days.slice(1).filter((day) => day <= last).length, 0);
  const weeks = Array.from({ length: 18 + 8 }, (_, week) => 120 + 7 * (week - 17));
  expect(tracking.weeks).toEqual(
    weeks.map((day) => ({
      endsOn: dateOf(day),
      isHoldout: day > 120,
      actual: repeatsUpTo(day),
    })),
  );
  for (const { expected } of tracking.forecasts) {
    expect(expected).toHaveLength(weeks.length);
    expect(expected).toEqual(expected.toSorted((left: number, right: number) => left - right));
  }
});

test('gc removes what nobody sees any more, and no published table', () => {
  const home = makeHome({ 'drop/orders/orders.csv': good });
  clientele('run', '--home', home, '--as-of', '2025-01-31');
  const rounds = join(home, 'tables/identity_component/snapshot_on=2025-01-31');
  const isRound = (run: string) => /-r\d+$/.test(run);
  expect(readdirSync(rounds).some(isRound)).toBe(true);
  expect(clientele('gc', '--home', home).stdout).toMatch(/^0 files removed/);
  const old = new Date('2025-02-01T00:00:00Z');
  for (const run of readdirSync(rounds)) utimesSync(join(rounds, run, 'part.parquet'), old, old);
  const { status, stdout } = clientele('gc', '--home', home, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout).deleted).toBeGreaterThan(0);
  expect(readdirSync(rounds).some(isRound)).toBe(false);
  const asked = clientele('sql', '--home', home, '--json', 'select run_id from published_runs');
  expect(JSON.parse(asked.stdout)).toEqual([{ run_id: '2025-01-31-1' }]);
});

test('tables lists every table; --markdown is the data dictionary', () => {
  expect(clientele('tables').stdout).toContain('customer_value');
  expect(clientele('tables', '--markdown').stdout).toMatch(/^# Tables\n[\s\S]*## kpi_snapshot/);
});

const byCurrency = `ordered_at,order_id,customer_id,amount,currency
2025-01-05,1,a,10,EUR
2025-01-06,2,b,20,USD
`;

test('files of several currencies exit 3 with the line to add, and publish once it is there', () => {
  const home = makeHome({ 'drop/orders/orders.csv': byCurrency });
  const several = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(several.status).toBe(3);
  expect(several.stderr).toContain('Add the line "currency": "EUR"');
  writeFileSync(join(home, 'clientele.config.json'), '{"currency": "USD"}');
  const { status, stderr } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(status).toBe(0);
  expect(stderr).toContain('1 file was loaded before: nothing new');
  expect(stderr).toContain('Amounts are in USD.');
  expect(stderr).toContain('Waiting, counted nowhere: 1 order of files of no source, 2025-01-05');
});

test('the only currency of the files is reported in, and a file without one is taken to be in it', () => {
  const home = makeHome({
    'drop/orders/a.csv': byCurrency.split('\n').slice(0, 2).join('\n'),
    'drop/orders/b.csv': good.replaceAll('2025-01-0', '2025-01-1'),
  });
  const { status, stderr } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(status).toBe(0);
  expect(stderr).toContain('currency: 1 EUR');
  expect(stderr).toContain('2 without a currency: taken in the reporting one');
  expect(stderr).toContain('Amounts are in EUR, the only currency that the files name.');
});

test('a value that is left out, words that mean nothing and statuses are told, and exit 0', () => {
  const lines = `ordered_at,order_id,customer_id,email,amount,status
2025-01-05,1,a,ann at example,10,paid
2025-01-06,2,NULL,N/A,20,refunded
`;
  const home = makeHome({ 'drop/orders/orders.csv': lines });
  const { status, stderr } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(status).toBe(0);
  expect(stderr).toContain('2 records = 2 accepted + 0 quarantined + 0 ignored');
  expect(stderr).toContain('record 1, column email, not_an_email (the value is left out)');
  expect(stderr).toContain('1 values cannot be read and were left out');
  expect(stderr).toContain('2 fields say NULL, N/A or the like: read as empty');
  expect(stderr).toContain('status: 1 given_back, 1 sold');
  expect(stderr).not.toContain('ann at');
});

test('people of other systems are kept whatever optional values cannot be read', () => {
  const mailchimp = `Email Address,First Name,Last Name,Phone Number,Birthday,LEID
ann@shop.test,Ann,O'Hara,+49 30 123456,03/14,e1
bob@shop.test,Bob,Bär,030 123456,,e2
`;
  const klaviyo = `Email,Klaviyo ID,First Name,Phone Number,Country,Email Marketing Consent
ann@shop.test,01H,Ann,'+4930123456,Germany,SUBSCRIBED
`;
  const mapped = (columns: object) => ({ customers: { columns } });
  const home = makeHome({
    'drop/customers/mailchimp/members.csv': mailchimp,
    'drop/customers/klaviyo/profiles.csv': klaviyo,
    'clientele.config.json': JSON.stringify({
      sources: {
        mailchimp: mapped({
          customer_id: 'LEID',
          email: 'Email Address',
          phone: 'Phone Number',
          birth_date: 'Birthday',
        }),
        klaviyo: mapped({
          customer_id: 'Klaviyo ID',
          email: 'Email',
          phone: 'Phone Number',
          country: 'Country',
          consent_email: 'Email Marketing Consent',
        }),
      },
    }),
  });
  const { status } = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(status).toBe(0);
  const ask = (select: string) =>
    JSON.parse(clientele('sql', '--home', home, '--format', 'json', select).stdout);
  expect(ask('select source, accepted, quarantined from load order by source')).toEqual([
    { source: 'klaviyo', accepted: 1, quarantined: 0 },
    { source: 'mailchimp', accepted: 2, quarantined: 0 },
  ]);
  expect(
    ask(
      'select source, record_number, column_name, effect, rule from quarantine order by source, record_number, column_name',
    ),
  ).toEqual([
    {
      source: 'klaviyo',
      record_number: 1,
      column_name: 'consent_email',
      effect: 'value',
      rule: 'not_a_flag',
    },
    {
      source: 'klaviyo',
      record_number: 1,
      column_name: 'phone',
      effect: 'value',
      rule: 'not_a_phone',
    },
    {
      source: 'mailchimp',
      record_number: 1,
      column_name: 'birth_date',
      effect: 'value',
      rule: 'unknown_date_format',
    },
    {
      source: 'mailchimp',
      record_number: 2,
      column_name: 'phone',
      effect: 'value',
      rule: 'phone_without_country',
    },
  ]);
});
