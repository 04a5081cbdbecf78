import { countDays, dayOf } from './calendar.ts';
import type { SampleOrder } from './order.ts';
import { drawOrders } from './orders.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

/** The first customers of every sample, however small it is, are not left to chance. */
export const countCharacters = 3;

/** A tea room next door that orders nearly every other day, always at the counter or online. */
function regular(random: Random, person: Person): SampleOrder[] {
  const days: number[] = [];
  for (let day = 4; day < countDays; day += 1 + random.below(4)) days.push(day);
  return drawOrders(random, { ...person, storeShare: 0.3 }, days);
}

/**
 * Orders in the hours when the clocks change: the hour that Paris skips in March, the hour that it
 * has twice in October, and the last minute of a leap day there.
 */
function nightOwl(random: Random, person: Person): SampleOrder[] {
  const moments: readonly (readonly [date: string, secondOfDay: number])[] = [
    ['2024-02-29', 22 * 3600 + 59 * 60],
    ['2024-03-31', 30 * 60],
    ['2024-03-31', 90 * 60],
    ['2024-10-27', 30 * 60],
    ['2024-10-27', 90 * 60],
  ];
  return moments.flatMap(([date, secondOfDay]) =>
    drawOrders(random, { ...person, storeShare: 0 }, [dayOf(date)])
      .slice(0, 1)
      .map((order) => ({ ...order, secondOfDay, isCancelled: false })),
  );
}

/** The orders of a character: the regular, the night owl, and the one who never ordered. */
export function drawCharacterOrders(random: Random, person: Person): SampleOrder[] {
  if (person.index === 0) return regular(random, person);
  if (person.index === 1) return nightOwl(random, person);
  return [];
}
