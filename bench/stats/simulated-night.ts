import { cutShop } from './cut-shop.ts';
import { type KnownCut, type NightAt, nightAt } from './night-at.ts';
import type { ShopToJudge } from './shops-to-judge.ts';

/** What a night at a simulated shop's cut would say of its holdout; every occasion brings 1. */
export function simulatedNight({ shop, cut, end }: ShopToJudge): NightAt {
  const opening = shop.firstAt.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  const known = (at: number, weeks: number): KnownCut => {
    const found = cutShop(shop, { at, weeks });
    const occasionValue = new Float64Array(found.actualOrders.length).fill(1);
    return { cut: found, occasionValue, actualValue: found.actualOrders };
  };
  return nightAt(known(cut, end - cut), {
    historyDays: Math.round((cut - opening) * 7),
    earlier: (daysAgo, horizonDays) => known(cut - daysAgo / 7, horizonDays / 7),
  });
}
