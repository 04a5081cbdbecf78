import { describe, expect, test } from 'vitest';
import { hints } from '../../lib/feeds/rules.ts';
import { allTables } from '../../lib/tables/all.ts';
import { readRemarks, remarksText } from '../../lib/tables/remark.ts';
import { en } from '../../lib/words/en.ts';
import { labelRows } from '../../lib/words/label-rows.ts';
import { remarkWords, wordsOf } from '../../lib/words/say.ts';
import { languages, type Words } from '../../lib/words/words.ts';

/** The names of the figures that a text has places for, in one order. */
function places(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

describe('labelRows()', () => {
  test('has a row a kind, code and language, and none without a text', () => {
    const rows = labelRows();
    const keys = rows.map(({ kind, code, language }) => `${kind} ${code} ${language}`);
    expect(new Set(keys).size).toBe(rows.length);
    expect(rows.filter(({ text }) => String(text).trim() === '')).toEqual([]);
    expect(rows).toContainEqual({
      kind: 'segment',
      code: 'at_risk',
      language: 'en',
      text: 'At risk',
    });
  });

  test('has every kind that a column of codes names', () => {
    const kinds = new Set(labelRows().map(({ kind }) => kind));
    const named = allTables.flatMap(({ columns }) =>
      Object.values(columns).flatMap(({ labels }) => labels ?? []),
    );
    expect(named.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(named).toContain('segment');
  });

  test.each(Object.entries(languages))('%s has the figures of the English texts', (_, words) => {
    for (const [kind, texts] of Object.entries(en.labels)) {
      for (const [code, text] of Object.entries(texts)) {
        expect(places(wordsOf(words, kind as keyof Words['labels'], code))).toEqual(places(text));
      }
    }
  });

  test('has name and advice of every rule', () => {
    const codes = (of: string) =>
      labelRows().flatMap(({ kind, code }) => (kind === of ? code : []));
    expect(codes('hint')).toEqual(Object.keys(hints));
    expect(codes('rule')).toEqual(Object.keys(hints));
  });
});

test('a language that lacks a word is no language', () => {
  const { lost: _lost, ...segment } = en.labels.segment;
  // @ts-expect-error: the word of a segment is missing
  const words: Words = { ...en, labels: { ...en.labels, segment } };
  expect(words).toBeDefined();
});

describe('remarks', () => {
  test('are codes with their figures, parted by semicolons', () => {
    const remarks = [
      { code: 'less_error', figures: { best: 'pareto_nbd', percent: '1.3' } },
      { code: 'no_back_test' },
    ];
    const text = 'less_error best=pareto_nbd percent=1.3; no_back_test';
    expect(remarksText(remarks)).toBe(text);
    expect(readRemarks(text)).toEqual([remarks[0], { code: 'no_back_test', figures: {} }]);
  });

  test('are NULL where there is none', () => {
    expect(remarksText([])).toBeNull();
    expect(readRemarks(null)).toEqual([]);
  });

  test('are said in words, with models by their names', () => {
    expect(
      remarkWords(
        en,
        'note',
        'less_error best=pareto_nbd percent=1.3 incumbent=mbg_nbd; weak_parameter parameter=s',
      ),
    ).toBe(
      'Pareto/NBD has 1.3 % less error than MBG/NBD. The data say little about s: its standard error is large.',
    );
    expect(remarkWords(en, 'reason', 'rfm_scores recency=5 frequency=4 monetary=3')).toBe(
      'Recency 5, frequency 4, monetary 3 of 5',
    );
  });
});
