import { countDays, dateOf } from './calendar.ts';

/** How busy the shop is, January to December: sales in January and June, gifts in December. */
const monthWeights = [1.0, 0.84, 0.9, 0.94, 0.98, 1.02, 0.84, 0.66, 0.94, 1.0, 1.22, 1.66];

/** How busy it is, Sunday to Saturday. */
const weekdayWeights = [0.85, 0.9, 0.92, 0.98, 1.0, 1.1, 1.25];

const firstWeekday = 0; // 2023-01-01 was a Sunday

function busyness(day: number): number {
  const month = Number(dateOf(day).slice(5, 7)) - 1;
  return (monthWeights[month] as number) * (weekdayWeights[(firstWeekday + day) % 7] as number);
}

/**
 * A clock that runs faster on busy days. Customers buy at a constant rate by this clock, as the
 * models assume, and therefore seasonally by the calendar. It shows about one day a day.
 */
export interface SeasonClock {
  /** What the clock shows at the beginning of a day. */
  at(day: number): number;
  /** The day on which the clock shows this, `countDays` when it never does. */
  dayAt(time: number): number;
  readonly end: number;
}

export function makeSeasonClock(): SeasonClock {
  const starts = new Float64Array(countDays + 1);
  for (let day = 0; day < countDays; day += 1) {
    starts[day + 1] = (starts[day] as number) + busyness(day);
  }
  const end = starts[countDays] as number;
  return {
    at: (day) => starts[day] as number,
    dayAt: (time) => {
      if (time >= end) return countDays;
      let low = 0;
      let high = countDays;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] as number) <= time) low = middle;
        else high = middle;
      }
      return low;
    },
    end,
  };
}

/** Share taken off most prices on that day: winter and summer sales, Black Friday week. */
export function salesRate(day: number): number {
  const monthDay = dateOf(day).slice(5);
  if (monthDay >= '01-10' && monthDay <= '02-04') return 0.3;
  if (monthDay >= '06-26' && monthDay <= '07-20') return 0.3;
  if (monthDay >= '11-22' && monthDay <= '11-30') return 0.2;
  return 0;
}
