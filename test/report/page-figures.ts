/** What a page shows: its cards and sentences, and the cells of its tables by caption. */
export interface PageFigures {
  readonly cards: ReadonlyMap<string, { readonly figure: string; readonly note: string }>;
  readonly sentences: readonly string[];
  readonly tables: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** Reads the figures of a report as it was drawn; the first row of a table is its head. */
export function readPage(page: string): PageFigures {
  const all = (pattern: RegExp, text = page) =>
    [...text.matchAll(pattern)].map((found) => found[1] ?? '');
  const cards = all(/<div class="card">([\s\S]*?)<\/div>/g).map((card) => {
    const [label = '', figure = '', note = ''] = ['dt', 'strong', 'span'].map((tag) =>
      textOf(all(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'), card)[0] ?? ''),
    );
    return [label, { figure, note }] as const;
  });
  const tables = all(/<table>([\s\S]*?)<\/table>/g).map((table) => {
    const rows = all(/<tr>([\s\S]*?)<\/tr>/g, table).map((row) =>
      all(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g, row).map(textOf),
    );
    return [textOf(all(/<caption>([\s\S]*?)<\/caption>/g, table)[0] ?? ''), rows] as const;
  });
  return {
    cards: new Map(cards),
    sentences: all(/<p class="(?:lead|note)">([\s\S]*?)<\/p>/g).map(textOf),
    tables: new Map(tables),
  };
}

const signs: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function textOf(html: string): string {
  const text = html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (s) => signs[s] ?? s);
  return text.trim();
}
