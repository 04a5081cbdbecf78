import { expect, test } from 'vitest';
import { parseDeployment } from '../../cdk/deployment.ts';
import { refuseSkippedHour } from '../../cdk/night-hour.ts';
import { ConfigurationError } from '../../lib/errors.ts';
import { exampleTemplate } from './example-stack.ts';

const usual = parseDeployment({}, 'nothing').night_at;

test('refuseSkippedHour() finds the usual hour on every day in every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  expect(zones.length).toBeGreaterThan(400);
  for (const zone of zones) refuseSkippedHour(usual, zone);
});

test.each([
  ['Europe/Paris', '02:30', '2026-03-29', '03:00'],
  ['Europe/Helsinki', '03:30', '2026-03-29', '04:00'],
  ['Europe/Lisbon', '01:00', '2026-03-29', '02:00'],
  ['America/New_York', '02:59', '2026-03-08', '03:00'],
  ['America/Havana', '00:30', '2026-03-08', '01:00'],
  // The last hour before midnight, two hours at once, half an hour.
  ['America/Godthab', '23:15', '2026-03-28', '00:00'],
  ['Antarctica/Troll', '01:30', '2026-03-29', '03:00'],
  ['Australia/Lord_Howe', '02:15', '2026-10-04', '02:30'],
])(
  'refuseSkippedHour() refuses what %s skips, with the next time that exists',
  (zone, time, day, next) => {
    const refused = () => refuseSkippedHour(time, zone);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(
      new RegExp(`night_at "${time}".* in ${zone} .* on ${day} .*next one that does is "${next}"`),
    );
    expect(() => refuseSkippedHour(next, zone)).not.toThrow();
  },
);

test('a time that exists twice, or beside what is skipped, starts one night', () => {
  for (const time of ['01:59', '03:00']) refuseSkippedHour(time, 'Europe/Paris');
  refuseSkippedHour('02:30', 'UTC');
  refuseSkippedHour('02:30', 'Asia/Tokyo');
});

test('a stack whose night would be skipped is not made', () => {
  expect(() => exampleTemplate({ night_at: '02:30' })).toThrow(/Europe\/Paris/);
});
