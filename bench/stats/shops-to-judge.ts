import type { CountModel } from '../../lib/stats/models/fit.ts';
import { type SimulatedShop, simulateShop } from '../../test/reference/simulate.ts';

/** Days on which each customer ordered, in order. */
type DailyOrders = ReadonlyMap<string, readonly number[]>;

export interface ShopToJudge {
  readonly name: string;
  readonly shop: SimulatedShop;
  /** Weeks since the shop opened: all known up to here, then the holdout to `end`. */
  readonly cut: number;
  readonly end: number;
}

interface Kind {
  readonly name: string;
  readonly model: CountModel;
  readonly parameters: Readonly<Record<string, number>>;
  readonly acquisitionWeeks: number;
  readonly cut: number;
  readonly end: number;
  /** Orders swing over the year by this share up and down; 0 where left out. */
  readonly season?: number;
}

// Ten kinds of shops, chosen before any of them was forecast.
const KINDS: readonly Kind[] = [
  {
    name: 'like CDNOW',
    model: 'bg_nbd',
    parameters: { r: 0.24, alpha: 4.4, a: 0.79, b: 2.43 },
    acquisitionWeeks: 12,
    cut: 39,
    end: 78,
  },
  {
    name: 'one-time buyers leave',
    model: 'mbg_nbd',
    parameters: { r: 0.52, alpha: 6.2, a: 0.9, b: 1.6 },
    acquisitionWeeks: 104,
    cut: 104,
    end: 156,
  },
  {
    name: 'groceries, loyal',
    model: 'pareto_nbd',
    parameters: { r: 1.5, alpha: 2, s: 0.8, beta: 60 },
    acquisitionWeeks: 104,
    cut: 104,
    end: 156,
  },
  {
    name: 'fashion, two years',
    model: 'pareto_nbd',
    parameters: { r: 0.6, alpha: 10, s: 0.6, beta: 12 },
    acquisitionWeeks: 104,
    cut: 104,
    end: 156,
  },
  {
    name: 'subscription-like clock',
    model: 'mbg_cnbd_k',
    parameters: { k: 4, r: 3, alpha: 3, a: 0.6, b: 4 },
    acquisitionWeeks: 78,
    cut: 104,
    end: 156,
  },
  {
    name: 'pet food, some clock',
    model: 'mbg_cnbd_k',
    parameters: { k: 2, r: 1.2, alpha: 3, a: 0.8, b: 3 },
    acquisitionWeeks: 52,
    cut: 78,
    end: 117,
  },
  {
    name: 'wholesale, regular',
    model: 'bg_cnbd_k',
    parameters: { k: 3, r: 2, alpha: 2, a: 0.3, b: 4 },
    acquisitionWeeks: 26,
    cut: 52,
    end: 78,
  },
  {
    name: 'gifts, strong season',
    model: 'mbg_nbd',
    parameters: { r: 0.5, alpha: 8, a: 0.7, b: 2 },
    acquisitionWeeks: 156,
    cut: 156,
    end: 182,
    season: 0.7,
  },
  {
    name: 'garden, season and deaths',
    model: 'pareto_nbd',
    parameters: { r: 0.8, alpha: 9, s: 0.7, beta: 30 },
    acquisitionWeeks: 130,
    cut: 130,
    end: 182,
    season: 0.5,
  },
  {
    name: 'nearly nobody returns',
    model: 'mbg_nbd',
    parameters: { r: 0.4, alpha: 20, a: 1.5, b: 1 },
    acquisitionWeeks: 104,
    cut: 104,
    end: 156,
  },
];

export function simulatedShops(seed: number, countCustomers: number): ShopToJudge[] {
  return KINDS.map(({ name, cut, end, season = 0, ...kind }, i) => {
    const even = simulateShop({
      ...kind,
      countCustomers,
      weeks: end + 26,
      seed: 1000 * seed + i,
    });
    return { name: `${name} (seed ${seed})`, shop: daily(withSeason(even, season)), cut, end };
  });
}

/**
 * Bends time so that a rate of 1 becomes 1 + season · cos(2π week/52): an occasion at operational
 * time u moves to the week t with t + season · 52/2π · sin(2π t/52) = u.
 */
function withSeason(shop: SimulatedShop, season: number): SimulatedShop {
  const year = 52 / (2 * Math.PI);
  const bend = (u: number): number => {
    let t = u;
    for (let round = 0; round < 60; round++) {
      const miss = t + season * year * Math.sin(t / year) - u;
      t -= 0.5 * miss;
      if (Math.abs(miss) < 1e-12) break;
    }
    return t;
  };
  return { ...shop, firstAt: shop.firstAt.map(bend), repeatAt: shop.repeatAt.map(bend) };
}

/** Whole days, occasions of one day being one. */
function daily({ firstAt, start, repeatAt }: SimulatedShop): SimulatedShop {
  const orders = new Map<string, number[]>();
  firstAt.forEach((first, i) => {
    const times = [first, ...repeatAt.subarray(start[i]!, start[i + 1]!)];
    orders.set(String(i), [...new Set(times.map((time) => Math.floor(time * 7)))]);
  });
  return shopOfDailyOrders(orders, 0);
}

/** Real or simulated days as a shop; weeks count from `opening`, the end of a day being its day. */
export function shopOfDailyOrders(orders: DailyOrders, opening: number): SimulatedShop {
  const firstAt: number[] = [];
  const start = [0];
  const repeatAt: number[] = [];
  for (const days of orders.values()) {
    firstAt.push((days[0]! - opening) / 7);
    for (const day of days.slice(1)) repeatAt.push((day - opening) / 7);
    start.push(repeatAt.length);
  }
  return {
    firstAt: Float64Array.from(firstAt),
    start: Int32Array.from(start),
    repeatAt: Float64Array.from(repeatAt),
  };
}

/**
 * A wholesaler with so many years of history that end eight weeks after the season's peak; a third of
 * the customers leave within a year: of some nine orders a year each, 4.5 % an order.
 */
export function wholesaler(
  seed: number,
  { countCustomers, years }: { readonly countCustomers: number; readonly years: number },
): ShopToJudge {
  const cut = 52 * years + 8;
  const even = simulateShop({
    model: 'bg_cnbd_k',
    parameters: { k: 2, r: 1.5, alpha: 4.3, a: 0.9, b: 19 },
    countCustomers,
    acquisitionWeeks: 40 * years,
    weeks: cut + 52 + 26,
    seed: 70_000 + seed,
  });
  return {
    name: `wholesaler, ${years} year${years > 1 ? 's' : ''} (seed ${seed})`,
    shop: daily(withSeason(even, 0.5)),
    cut,
    end: cut + 52,
  };
}
