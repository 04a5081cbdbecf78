import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** Writes a CSV of order lines as the contract has them; the same count gives the same bytes. */
export async function makeOrdersFile(path: string, lines: number): Promise<void> {
  const file = createWriteStream(path);
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let text =
    'order_id,ordered_at,customer_id,email,product_id,quantity,unit_price,discount,channel\n';
  for (let i = 0; i < lines; i += 1) {
    const moment = new Date(Date.UTC(2023, 0, 1) + i * 15_000).toISOString();
    const customer = random(100_000);
    const price = `${random(100)}.${String(random(100)).padStart(2, '0')}`;
    const discount = random(5) === 0 ? '1.50' : '';
    text += `${100_000 + i},${moment.slice(0, 10)} ${moment.slice(11, 19)},C${customer},user${customer}@example.com,P${random(500)},${1 + random(5)},${price},${discount},web\n`;
    if (text.length > 2 ** 20) {
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
  }
  file.end(text);
  await finished(file);
}
