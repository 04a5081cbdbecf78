import fc from 'fast-check';
import { expect, test } from 'vitest';
import { netSales, suggestionFor } from './net-sales.ts';
import { exportShape, randomExport } from './random-orders.ts';

const runs = Number(process.env.CLIENTELE_RANDOM_EXPORTS ?? 200);

test('suggestOrders() reads a random export to the cent, or asks', () => {
  let read = 0;
  fc.assert(
    fc.property(exportShape, (shape) => {
      const { text, net } = randomExport(shape);
      const { suggestion, open } = suggestionFor(text);
      if (open.length > 0) return;
      read += 1;
      const found = netSales(text, suggestion);
      if (found.refused > 0) return;
      expect(found.net, `${JSON.stringify(suggestion)}\n${text}`).toBe((net / 100).toFixed(2));
    }),
    { seed: 12, numRuns: runs },
  );
  // A suggestion that asks of everything is none.
  expect(read).toBeGreaterThan(runs / 4);
});
