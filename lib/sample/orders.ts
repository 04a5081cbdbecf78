import { drawBasket } from './basket.ts';
import { catalogue } from './catalogue.ts';
import { drawGamma } from './distributions.ts';
import type { SampleOrder } from './order.ts';
import { type Person, population } from './person.ts';
import type { Random } from './random.ts';
import { drawReturns } from './returns.ts';
import type { SeasonClock } from './season.ts';

/** Between 7:00 and 22:29 UTC: in summer the last half hour is the next day in Paris. */
function drawSecondOfDay(random: Random): number {
  return 7 * 3600 + random.below(15 * 3600 + 1800);
}

/** Everything one customer orders and brings back, given the days on which they buy. */
export function drawOrders(random: Random, person: Person, days: readonly number[]): SampleOrder[] {
  const orders = days.map((day): SampleOrder => {
    const channel = random.chance(person.storeShare) ? 'store' : 'web';
    return {
      day,
      secondOfDay: drawSecondOfDay(random),
      channel,
      person,
      lines: drawBasket(random, person, day),
      isCancelled: channel === 'web' && random.chance(0.02),
    };
  });
  return drawReturns(random, orders);
}

/** A sale in a store to somebody who shows no card. */
export function drawAnonymousSale(random: Random, clock: SeasonClock): SampleOrder {
  const day = clock.dayAt(random.uniform() * clock.end);
  const taste = {
    meanSpend: population.p / drawGamma(random, population.q, population.gamma),
    favouriteCategory: random.below(catalogue.length),
  };
  return {
    day,
    secondOfDay: drawSecondOfDay(random),
    channel: 'store',
    person: null,
    lines: drawBasket(random, taste, day),
    isCancelled: false,
  };
}
