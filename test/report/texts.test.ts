import { describe, expect, test } from 'vitest';
import { monthAxisLabels, periodText } from '../../lib/report/date-text.ts';
import { html } from '../../lib/report/html.ts';
import { changeText, moneyText, numberText, shareText } from '../../lib/report/number-text.ts';
import { en } from '../../lib/words/en.ts';

const { formats } = en;

describe('html', () => {
  test('escapes what is put in, but for HTML it made itself', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(html`<p title="${'"'}">${[inner, inner]}${null}${7}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b><b>&lt;&amp;&gt;&quot;&#39;</b>7</p>',
    );
  });
});

describe('the texts of numbers', () => {
  test.each([
    [numberText(formats, 1234567), '1,234,567'],
    [numberText(formats, -1234.56, 1), '−1,234.6'],
    [numberText(formats, -0.2), '0'],
    [numberText(formats, null), '–'],
    [numberText(formats, Number.NaN), '–'],
    [moneyText(formats, 1234.5, 'EUR'), '€1,235'],
    [moneyText(formats, 12.5, 'EUR'), '€12.50'],
    [moneyText(formats, 99.999, 'EUR'), '€100'],
    [moneyText(formats, 0, 'USD'), '$0'],
    [moneyText(formats, -1500, 'GBP'), '−£1,500'],
    [moneyText(formats, 1500, 'SEK'), 'SEK 1,500'],
    [shareText(formats, 0.034), '3.4 %'],
    [shareText(formats, 0.5), '50 %'],
    [shareText(formats, 0.0996), '10 %'],
    [shareText(formats, null), '–'],
    [changeText(formats, 110, 100), '+10 %'],
    [changeText(formats, 96, 100), '−4.0 %'],
    [changeText(formats, 5, 0), null],
    [changeText(formats, 5, null), null],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe('the texts of dates', () => {
  test('periods have names', () => {
    expect(periodText(formats, 'month', '2024-02-01')).toBe('Feb 2024');
    expect(periodText(formats, 'half_year', '2024-07-01')).toBe('2nd half of 2024');
    expect(periodText(formats, 'year', '2024-01-01')).toBe('2024');
  });

  test('an axis names every month, or as many of them as have room, and each year', () => {
    expect(monthAxisLabels(formats, ['2023-11-01', '2023-12-01', '2024-01-01'], 3)).toEqual([
      ['Nov', '2023'],
      ['Dec'],
      ['Jan', '2024'],
    ]);
    const many = Array.from(
      { length: 24 },
      (_, i) => `${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
    );
    const quarters = ['Jan', '2023', 'Apr', 'Jul', 'Oct', 'Jan', '2024', 'Apr', 'Jul', 'Oct'];
    expect(monthAxisLabels(formats, many, 8).flat()).toEqual(quarters);
    expect(monthAxisLabels(formats, many, 7).flat()).toEqual([
      'Jan',
      '2023',
      'Jul',
      'Jan',
      '2024',
      'Jul',
    ]);
    expect(monthAxisLabels(formats, many, 3).flat()).toEqual(['Jan', '2023', 'Jan', '2024']);
    expect(monthAxisLabels(formats, many.slice(4), 6)).toEqual([
      ...[[], []],
      ['Jul', '2023'],
      ...[[], [], [], [], []],
      ['Jan', '2024'],
      ...[[], [], [], [], []],
      ['Jul'],
      ...[[], [], [], [], []],
    ]);
  });
});
