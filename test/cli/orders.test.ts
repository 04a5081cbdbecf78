import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../lib/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'clientele-orders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function clientele(...args: readonly string[]) {
  return spawnSync(process.execPath, [main, ...args, '--home', folder], { encoding: 'utf8' });
}

test('run tells what it decided of orders, what deliveries took out and what waits', () => {
  const plain = 'order_id,ordered_at,customer_id,amount\n';
  const whole =
    'order_id,ordered_at,customer_id,amount,order_discount,order_subtotal,status,currency\n';
  const files = {
    'clientele.config.json': JSON.stringify({ currency: 'EUR' }),
    'drop/orders/till/mon.csv': `${plain}1,2025-01-06,c1,10\n2,2025-01-06,c2,20\n`,
    'drop/orders/till/tue.csv': `${plain}1,2025-01-07,c3,30\n2,2025-01-07,c4,40\n`,
    'drop/orders/web/a.csv': `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n`,
    'drop/orders/web/b.csv': `${plain}2,2025-01-05,c2,25\n3,2025-01-05,c3,5\n`,
    'drop/orders/parts/o-1.csv': `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n`,
    'drop/orders/parts/o-2.csv': `${plain}2,2025-01-05,c2,25\n`,
    'drop/orders/shop/a.csv': `${whole}1,2025-01-05,c1,30.00,5.00,30.00,,\n2,2025-01-06,c1,7,,,,USD\n3,2025-01-07,c1,9,,,refunded,\n`,
  };
  for (const [place, [key, body]] of Object.entries(files).entries()) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), body);
    utimesSync(join(folder, key), 1_767_225_600 + place, 1_767_225_600 + place);
  }
  const { status, stderr } = clientele('run', '--as-of', '2025-01-31');
  expect(status, stderr).toBe(0);
  for (const line of [
    'Order numbers of source till begin anew: an order is a number of a day and store, as 2 of 2 stand on several days for different customers, or for none.',
    'drop/orders/web/b.csv took 1 line out of 1 order as delivered before.',
    'drop/orders/parts/o-2.csv goes on with 1 order that the numbered file before it ends with: put together.',
    'Given back on the day of the order, as no other is told: 1 order.',
    'Waiting, counted nowhere: 1 order of source shop, 2025-01-05 to 2025-01-05, 30.00: lines less the discount of the order are not its subtotal (lines 25.00, subtotals 30.00).',
    'Waiting, counted nowhere: 1 order of source shop, 2025-01-06 to 2025-01-06, 7.00 USD: no exchange rate for the currency.',
  ]) {
    expect(stderr).toContain(line);
  }
  const { stdout } = clientele(
    'sql',
    '--format',
    'csv',
    'select source, count(*) as orders, sum(net_sales) as net_sales from sales_order group by source order by source',
  );
  // parts 2 + (10 + 25); till 10 + 20 + 30 + 40; web 2 + 25 + 5; shop 9 and given back
  expect(stdout).toBe(
    'source,orders,net_sales\nparts,2,37.0000\nshop,2,0.0000\ntill,4,100.0000\nweb,3,32.0000\n',
  );
});
