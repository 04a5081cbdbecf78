import { countCharacters, drawCharacterOrders } from './characters.ts';
import type { SampleOrder } from './order.ts';
import { drawAnonymousSale, drawOrders } from './orders.ts';
import { drawPerson, type Person } from './person.ts';
import { makeRandom } from './random.ts';
import { makeSeasonClock } from './season.ts';
import { drawPurchaseDays } from './story.ts';

/** A customer and everything they did; a prospect did nothing. */
export interface CustomerHistory {
  readonly person: Person;
  readonly orders: readonly SampleOrder[];
  /** Day they became known: of the first order, or of signing up. */
  readonly joinedOn: number;
}

export interface SampleHistory {
  readonly customers: readonly CustomerHistory[];
  readonly anonymousSales: readonly SampleOrder[];
}

interface SampleSize {
  readonly customers: number;
  readonly seed: number;
}

/** Share of the known people who have not ordered yet. */
const prospectShare = 0.06;

/** Sales to nobody in particular, for each customer. */
const anonymousSalesPerCustomer = 0.5;

/** Three years of a shop. Time and memory grow with the orders, about four a customer. */
export function drawHistory({ customers: countCustomers, seed }: SampleSize): SampleHistory {
  const clock = makeSeasonClock();
  const customers: CustomerHistory[] = [];
  for (let index = 0; index < countCustomers; index += 1) {
    const random = makeRandom(seed, 2 * index);
    const person = drawPerson(random, index);
    const signedUpOn = clock.dayAt(random.uniform() * clock.end);
    const isProspect = random.chance(prospectShare);
    const orders =
      index < countCharacters
        ? drawCharacterOrders(random, person)
        : isProspect
          ? []
          : drawOrders(random, person, drawPurchaseDays(random, person, clock));
    customers.push({ person, orders, joinedOn: orders[0]?.day ?? signedUpOn });
  }
  const anonymousSales: SampleOrder[] = [];
  for (let i = 0; i < countCustomers * anonymousSalesPerCustomer; i += 1) {
    anonymousSales.push(drawAnonymousSale(makeRandom(seed, 2 * i + 1), clock));
  }
  return { customers, anonymousSales };
}
