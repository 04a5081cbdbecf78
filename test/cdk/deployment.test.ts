import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDeployment } from '../../cdk/deployment.ts';
import { ConfigurationError } from '../../lib/errors.ts';

const guide = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');

test('parseDeployment() refuses a wrong setting and one it does not know, by name', () => {
  expect(() => parseDeployment({ night_at: '25:00', region: 'x' }, 'a file')).toThrow(
    /a file:\n.*night_at: must be a time of day[\s\S]*region/,
  );
  expect(() => parseDeployment({ name: 'a b' }, 'a file')).toThrow(ConfigurationError);
});

test('a run that was not published is kept for longer than a redrive may come', () => {
  expect(() => parseDeployment({ keep: { unpublished_days: 14 } }, 'a file')).toThrow(
    /keep\.unpublished_days/,
  );
});

test('the guide tells every setting with its default', () => {
  const { keep, ...others } = parseDeployment({}, 'nothing');
  const settings = [
    ...Object.entries(others),
    ...Object.entries(keep).map(([name, days]) => [`keep.${name}`, days] as const),
  ];
  expect(settings.length).toBeGreaterThan(10);
  for (const [name, value] of settings) {
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row, String(name)).toMatch(new RegExp(`\\| \`?${String(value)}\`? \\|`));
  }
  expect(guide).toContain('| `alarm_email` | none |');
});
