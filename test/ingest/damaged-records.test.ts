import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

/** Records; the check before a merge sets 1,000,000. */
const records = Number(process.env.CLIENTELE_DAMAGED_ROWS ?? 50_000);

interface Line {
  readonly orderId: string;
  readonly orderedAt: string;
  readonly customerId: string;
  readonly email: string;
  readonly quantity: string;
  readonly price: string;
}

type Damage = (line: Line) => string;

function written(line: Line): string {
  return Object.values(line).join(',');
}

/** Damage to a value that nothing rests on: the record is accepted without it. */
const dropped: readonly Damage[] = [
  (line) => written({ ...line, customerId: '3.36E+10' }),
  (line) => written({ ...line, customerId: `C${String.fromCharCode(7)}` }),
  (line) => written({ ...line, customerId: '=A1' }),
  (line) => written({ ...line, email: line.email.replace('@', '') }),
  (line) => written({ ...line, email: `${line.email} x` }),
];

/** Damage that no reader may let pass. */
const refused: readonly Damage[] = [
  (line) => written({ ...line, orderedAt: line.orderedAt.slice(0, 9) }),
  (line) => written({ ...line, orderedAt: line.orderedAt.replace(/-\d\d-/, '-13-') }),
  (line) => written({ ...line, orderedAt: '05/01/2025' }),
  (line) => written({ ...line, orderedAt: '45662.5' }),
  (line) => written({ ...line, orderedAt: '' }),
  (line) => written({ ...line, quantity: `${line.quantity}x` }),
  (line) => written({ ...line, quantity: 'one' }),
  (line) => written({ ...line, price: `-${line.price}` }),
  (line) => written({ ...line, price: `$${line.price}` }),
  (line) => written({ ...line, price: `"1,${line.price}"` }),
  (line) => written({ ...line, price: `${line.price}e1` }),
  (line) => written({ ...line, price: '' }),
  (line) => `${written(line)},`,
  (line) => written(line).replace(',', ''),
  (line) => written(line).slice(0, 20),
  (line) => `${written(line)},"a,b"`,
];

/** Damage that changes no meaning. */
const harmless: readonly Damage[] = [
  (line) => written({ ...line, orderedAt: ` ${line.orderedAt}` }),
  (line) => written({ ...line, orderedAt: line.orderedAt.replace(' ', 'T') }),
  (line) => written({ ...line, orderedAt: `${line.orderedAt}.000Z` }),
  (line) => written({ ...line, customerId: `"${line.customerId}"` }),
  (line) => written({ ...line, customerId: `${line.customerId}\u200b\u00a0` }),
  (line) => written({ ...line, email: line.email.toUpperCase() }),
  (line) => written({ ...line, quantity: `+${line.quantity}.0` }),
  (line) => written({ ...line, price: `00${line.price}0` }),
  (line) => `${written(line)}\r`,
  (line) => `\n\n${written(line)}`,
];

test(`ingestDrop() quarantines every damaged record or value of ${records}, or it means the same, and loads every good one`, async () => {
  let state = 20_260_131;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const chosen = (damages: readonly Damage[]) => damages[random(damages.length)] as Damage;
  const lines = ['order_id,ordered_at,customer_id,email,quantity,unit_price'];
  const expected = {
    accepted: 0,
    quantity: 0,
    cents: 0,
    refused: [] as number[],
    dropped: [] as number[],
  };
  for (let i = 1; i <= records; i += 1) {
    const [quantity, cents] = [1 + random(9), 100 + random(10_000)];
    const line: Line = {
      orderId: `A${i}`,
      orderedAt: `2025-${two(1 + random(12))}-${two(1 + random(28))} ${two(random(24))}:${two(random(60))}:00`,
      customerId: `C${random(5000)}`,
      email: `user${random(5000)}@example.com`,
      quantity: String(quantity),
      price: (cents / 100).toFixed(2),
    };
    const isDamaged = random(20) === 0;
    const kind = isDamaged ? random(4) : 0;
    const isRefused = kind > 1;
    if (kind === 1) expected.dropped.push(i);
    if (isRefused) expected.refused.push(i);
    else {
      expected.accepted += 1;
      expected.quantity += quantity;
      expected.cents += quantity * cents;
    }
    const damages = [isDamaged ? harmless : [written], dropped, refused, refused][kind];
    const damage = chosen(damages as readonly Damage[]);
    lines.push(damage(line));
  }
  const home = await makeDropHome();
  await home.drop({ 'orders/damaged.csv': `${lines.join('\n')}\n` });
  const [load] = await home.ingest();
  expect(load).toMatchObject({
    status: 'loaded',
    recordsIn: records,
    accepted: expected.accepted,
    quarantined: expected.refused.length,
    valuesDropped: expected.dropped.length,
  });
  const quarantined = await home.read(
    'quarantine',
    'select record_number, effect from rows order by record_number',
  );
  const numbers = (effect: string) =>
    quarantined.filter((row) => row.effect === effect).map((row) => row.record_number);
  expect(numbers('record')).toEqual(expected.refused);
  expect(numbers('value')).toEqual(expected.dropped);
  const sums = await home.read(
    'accepted/orders',
    `select count(*) as accepted, count(distinct order_id) as orders, sum(quantity) as quantity,
      sum(amount) as amount, count(distinct customer_id) as customers, count(distinct email) as emails
     from rows`,
  );
  expect(sums).toEqual([
    {
      accepted: expected.accepted,
      orders: expected.accepted,
      quantity: expected.quantity.toFixed(4),
      amount: (expected.cents / 100).toFixed(4),
      customers: Math.min(5000, sums[0]?.customers as number),
      emails: Math.min(5000, sums[0]?.emails as number),
    },
  ]);
});

function two(number: number): string {
  return String(number).padStart(2, '0');
}
