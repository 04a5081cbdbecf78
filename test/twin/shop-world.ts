import { giveRows, nightOfTexts, textsOf, writeTables } from '../night/memory-night.ts';
import type { Shop } from '../reference/night/shop.ts';
import { acceptedOf } from './accepted.ts';
import { comparedTables } from './tables.ts';
import type { World } from './world.ts';

const steps = textsOf(
  ...['freeze', 'records', 'identity', 'facts', 'features', 'segments', 'kpis'],
);

/** The night of a shop's accepted rows. */
export function worldOf(shop: Shop): World {
  return {
    steps,
    write: async (engine) => {
      const { timeZone: time_zone, marginRate: margin_rate, asOf } = shop;
      const night = nightOfTexts({ time_zone, margin_rate }, asOf);
      await giveRows(engine, night.run, acceptedOf(shop));
      await writeTables(engine, night, steps);
      return night;
    },
    firstDifference: async (engine) => {
      for await (const compared of comparedTables(shop, engine.read)) {
        if (JSON.stringify(compared.found) !== JSON.stringify(compared.expected)) return compared;
      }
      return null;
    },
  };
}
