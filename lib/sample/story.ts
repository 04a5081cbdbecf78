import { countDays } from './calendar.ts';
import { drawExponential } from './distributions.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { SeasonClock } from './season.ts';

/**
 * The days on which a customer buys, first to last. After each purchase, the first included, they
 * leave for good with their own probability; else the next follows at their own rate, by the clock
 * of the season. Two purchases can fall on one day.
 */
export function drawPurchaseDays(random: Random, person: Person, clock: SeasonClock): number[] {
  let time = drawAcquisition(random, clock);
  const days: number[] = [];
  while (time < clock.end) {
    days.push(clock.dayAt(time));
    if (random.chance(person.dropOutProbability)) break;
    time += drawExponential(random, person.purchaseRate);
  }
  return days;
}

/** New customers come with the season, and half as many again in the last year as in the first. */
function drawAcquisition(random: Random, clock: SeasonClock): number {
  for (;;) {
    const time = random.uniform() * clock.end;
    if (random.chance(0.6 + (0.4 * clock.dayAt(time)) / countDays)) return time;
  }
}
