import { beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../lib/report/report.ts';
import { en } from '../../lib/words/en.ts';
import { emptyContent, exampleContent } from './example-content.ts';

let page: string;
let emptyPage: string;

beforeAll(async () => {
  page = await renderReport(exampleContent, en);
  emptyPage = await renderReport(emptyContent, en);
});

/** What a reader sees or hears: the text between and inside of the tags, without the style sheet. */
function wordsOf(text: string): string {
  return text.replace(/<style>[\s\S]*<\/style>/, '').replace(/<[^>]*>/g, ' ');
}

describe('renderReport()', () => {
  test('gives the same bytes for the same content', async () => {
    expect(await renderReport(exampleContent, en)).toBe(page);
  });

  test('asks nothing of the network and runs nothing', () => {
    const withoutNamespaces = page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '');
    expect(withoutNamespaces).not.toMatch(
      /https?:|\bsrc=|\bhref=|url\(|@import|<script|<link|<iframe/i,
    );
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('escapes names wherever they stand, in tables and in pictures', () => {
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('lost &amp; &quot;gone&quot;');
  });

  test('tells every picture in words and gives the numbers behind it', () => {
    const pictures = page.match(/<svg /g)?.length ?? 0;
    expect(pictures).toBe(9);
    expect(page.match(/<svg role="img" aria-label="[^"]{20,}"/g)?.length).toBe(pictures);
    const figures = page.split('<figure>').slice(1);
    expect(figures.length).toBe(pictures);
    for (const figure of figures)
      expect(figure).toMatch(/<details>[\s\S]*<table>[\s\S]*<\/figure>/);
  });

  test.each([
    ['a full shop', () => page],
    ['a home without data', () => emptyPage],
  ])('never shows NaN, undefined or the like for %s', (_, text) => {
    expect(wordsOf(text())).not.toMatch(/NaN|undefined|Infinity|\bnull\b|\[object/);
  });

  test('says for a home without data that there is none', () => {
    expect(wordsOf(emptyPage)).toContain('No sales yet');
    expect(emptyPage).not.toContain('<svg');
  });

  test('compares the last year with the one before', () => {
    expect(wordsOf(page)).toContain('€410,251');
    expect(wordsOf(page)).toContain('+28 % on the 12 months before');
  });

  test('says what today’s customers will buy and how surely, where a model tells it', () => {
    expect(wordsOf(page)).toContain(
      'next 12 months, before returns: €402,311, eight times in ten between €381,000 and €424,500.',
    );
    expect(wordsOf(emptyPage)).not.toContain('eight times in ten');
  });

  test('names reason, place and remedy of what was refused', () => {
    const words = wordsOf(page);
    expect(words).toContain('One file with 3,104 records was read');
    expect(words).toContain('3,099 were accepted, 5 refused, which count nowhere');
    expect(words).toContain('impossible date');
    expect(words).toContain('whole file');
    expect(words).toContain('There is no such day or time of day.');
  });

  test('says in words why a model is used, and what to beware of', () => {
    expect(wordsOf(page)).toContain(
      'MBG/NBD has 1.3 % less error than Pareto/NBD. The data say little about a: its standard error is large.',
    );
    expect(wordsOf(page)).toContain('Thank them, show new things first, ask them to recommend you');
  });

  test('closes every element it opens', () => {
    for (const element of ['section', 'table', 'figure', 'details', 'svg', 'div', 'dl', 'tr']) {
      const opened = page.match(new RegExp(`<${element}[ >]`, 'g'))?.length;
      const closed = page.match(new RegExp(`</${element}>`, 'g'))?.length;
      expect(closed, element).toBe(opened);
    }
  });
});
