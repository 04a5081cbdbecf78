import { expect, test } from 'vitest';
import { renderReport } from '../../lib/report/report.ts';
import { renderTracking } from '../../lib/report/tracking-page.ts';
import { en } from '../../lib/words/en.ts';
import type { Words } from '../../lib/words/words.ts';
import { exampleContent } from './example-content.ts';

/** A language of Greek letters alone: what of it is not Greek was not taken from the words. */
function inGreek(words: unknown): unknown {
  if (typeof words === 'string')
    return words.replaceAll(/\{\w+\}|[a-z]/gi, (part) => (part.length > 1 ? part : 'ω'));
  if (typeof words === 'function') return (...given: unknown[]) => inGreek(words(...given));
  if (Array.isArray(words)) return words.map(inGreek);
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, part]) => [name, inGreek(part)]));
}

const greek = {
  ...(inGreek(en) as Words),
  language: 'el',
  formats: {
    ...(inGreek(en.formats) as Words['formats']),
    isOne: en.formats.isOne,
    thousands: '·',
  },
};

/** What a reader sees and hears of a page: texts, and the labels of pictures and tables. */
function textsOf(page: string): string[] {
  const heard = [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, text = '']) => text);
  const seen = page.replace(/<style>[\s\S]*<\/style>/, '').split(/<[^>]*>/);
  return [...heard, ...seen];
}

/** Words of two letters and more in Latin script, without those that are data and no language. */
function latinWords(page: string, data: readonly string[]): string[] {
  return textsOf(page)
    .map((text) => data.reduce((rest, part) => rest.replaceAll(part, ''), text))
    .flatMap((text) => text.match(/[a-z]{2,}/gi) ?? []);
}

test('a report in another language has no word of English left, but what is data', async () => {
  const refusals = exampleContent.refusals.map((row) => ({ ...row, hint: '' }));
  const segments = exampleContent.segments.filter(({ segment }) => segment === 'champions');
  const channelMonths = exampleContent.channelMonths.filter(({ member }) => member === 'web');
  const content = { ...exampleContent, refusals, segments, channelMonths };
  const page = await renderReport(content, greek);
  const data = [
    ...[...content.loads, ...content.leftOut].map(({ file }) => file),
    ...[...content.replacedLines, ...content.continuedOrders].map(({ file }) => file),
    ...content.waitingOrders.map(({ missing }) => missing),
    ...refusals.flatMap(({ file, column_name }) => [file, column_name ?? '']),
    ...['web', 'EUR', 'alpha'],
  ].filter((part) => part !== '');
  expect(latinWords(page, data)).toEqual([]);
  expect(page).toContain('<html lang="el">');
  expect(page).toContain('€410·251');
});

test('the picture of a back-test too', async () => {
  const weeks = [1, 3].map((actual, week) => ({
    endsOn: `2025-01-0${week + 1}`,
    actual,
    isHoldout: week === 1,
  }));
  const page = await renderTracking(
    {
      cutOn: '2025-01-01',
      countCustomers: 2,
      weeks,
      forecasts: [{ model: 'mbg_nbd', expected: [1, 2] }],
    },
    { champion: 'mbg_nbd', runId: '1', words: greek },
  );
  expect(latinWords(page, [])).toEqual([]);
});
