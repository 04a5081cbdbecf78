import { drawNormal } from '../../lib/stats/random/draw.ts';
import { seededRandom } from '../../lib/stats/random/random.ts';
import { simulateShop } from '../../test/reference/simulate.ts';

const DAY = 86_400_000;
const WEEKS = 156;

/** The CSV of a shop's order lines: 6.4 a customer, MBG/NBD customers won over three years. */
export function* linesOfShop(countCustomers: number, asOf: string): Generator<string> {
  const shop = simulateShop({
    model: 'mbg_nbd',
    parameters: { r: 0.52, alpha: 6.2, a: 0.6, b: 2.4 },
    countCustomers,
    acquisitionWeeks: WEEKS,
    weeks: WEEKS,
    seed: 1,
    isDaily: true,
  });
  const random = seededRandom(2);
  const begin = Date.parse(`${asOf}T00:00:00Z`) - (WEEKS * 7 - 1) * DAY;
  yield 'order_id,line_id,ordered_at,customer_id,channel,product_id,quantity,unit_price,amount\n';
  let order = 0;
  for (let customer = 0; customer < countCustomers; customer++) {
    const level = Math.exp(3 + 0.5 * drawNormal(random));
    const times = [
      shop.firstAt[customer]!,
      ...shop.repeatAt.subarray(shop.start[customer]!, shop.start[customer + 1]!),
    ];
    let text = '';
    for (const week of times) {
      order += 1;
      const day = new Date(begin + Math.floor(week * 7) * DAY).toISOString().slice(0, 10);
      const lines = 1 + Math.floor(2.3 * random());
      for (let line = 1; line <= lines; line++) {
        const price = (level * (0.5 + random())).toFixed(2);
        text += `o${order},${line},${day}T10:00:00Z,c${customer},${customer % 3 === 0 ? 'store' : 'web'},p${Math.floor(500 * random() ** 2)},1,${price},${price}\n`;
      }
    }
    yield text;
  }
}
