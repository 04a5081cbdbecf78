import { wordsOf } from './header-words.ts';
import type { SheetColumn } from './sheet.ts';

const number = '( ?(id|ids|no|nr|num|number|nummer|numero|ref|reference|code|key|#))';

/** Headers of what is no number and no date, the surest first. */
const patterns: Readonly<Record<string, readonly RegExp[]>> = {
  order_id: [
    new RegExp(`\\border${number}`),
    /\border$|^order name$/,
    new RegExp(`\\b(bestell\\w*|auftrags?\\w*|commande)${number}?$|^(bestellnr|auftragsnr)`),
    new RegExp(`\\b(invoice|rechnungs?\\w*|facture)${number}?$`),
    new RegExp(`\\b(receipt|sale|ticket|beleg\\w*|bon\\w*|booking|bill)${number}?$`),
    new RegExp(`\\b(transaction|payment)${number}$`),
    /^(id|nr|number|no|name|#)$/,
  ],
  line_id: [/^(line|line item|lineitem|position|pos|zeile)( ?(id|no|nr|number))?$/],
  customer_id: [
    new RegExp(`^(customer|client|buyer|user|member|kunde\\w*|kd|cliente|acheteur)${number}$`),
    /^(customer|client|buyer|kunde|kundennr|kundennummer|buyer username|user|member)$/,
  ],
  email: [
    /^(customer |buyer |billing )?(e ?mail|e mail address|email address|mail|courriel)$/,
    /\be ?mail\b/,
  ],
  phone: [/^(customer |billing |buyer )?(phone|phone number|tel|telephone|telefon|mobile|mobil)$/],
  product_id: [
    /\bsku\b/,
    new RegExp(
      `\\b(product|item|article|artikel|stock|listing)${number}$|^(artikelnr|stockcode|asin)$`,
    ),
    /^(product|item|article|artikel|product name|item name|lineitem name|produkt|produit)$/,
  ],
  currency: [/^(currency|currency code|order currency|wahrung|devise|moneda)$/],
  channel: [/^(channel|sales channel|source|source name|kanal|canal)$/],
  store: [/^(store|store name|shop|location|filiale|magasin)$/],
  discount_code: [
    /\b(discount|coupon|voucher|promo|gutschein) ?code\b|^(coupon|gutschein|gutscheincode)$/,
  ],
};

/** Whether a header says by itself that it numbers orders. */
export function isOrderNumber(header: string): boolean {
  return (patterns.order_id ?? []).slice(0, -1).some((pattern) => pattern.test(wordsOf(header)));
}

/** Columns of the feed that a name gives away, each header once. */
export function namedColumns(columns: readonly SheetColumn[]): Map<string, SheetColumn> {
  const found = new Map<string, SheetColumn>();
  const free = new Set(columns.filter(({ texts }) => texts.some((text) => text !== null)));
  for (const [column, tried] of Object.entries(patterns)) {
    const fits = tried.flatMap((pattern) =>
      [...free].filter((given) => pattern.test(wordsOf(given.header)) && isFit(column, given)),
    );
    const [best] = fits.toSorted((a, b) => (filled(b) - filled(a) > 0.5 * a.texts.length ? 1 : 0));
    if (best === undefined) continue;
    found.set(column, best);
    free.delete(best);
  }
  return found;
}

/** The share of lines that have the number of their order. */
const enough = 0.95;

function filled({ texts }: SheetColumn): number {
  return texts.filter((text) => text !== null).length;
}

/** Whether the texts do not speak against a name: ids are many, codes of currencies three letters. */
function isFit(column: string, { header, texts }: SheetColumn): boolean {
  const given = texts.filter((text) => text !== null);
  const distinct = new Set(given).size;
  if (column === 'order_id') {
    const isCode = !/^name$/i.test(header) || given.every((text) => /\d/.test(text));
    // An export that fills a number on the first line of an order alone has another one on all lines.
    const isOnAll = given.length >= enough * texts.length;
    return isCode && isOnAll && (distinct > 1 || given.length < 3);
  }
  if (column === 'email') return given.every((text) => text.includes('@'));
  if (column === 'currency') return given.every((text) => /^[A-Za-z]{3}$/.test(text));
  if (column === 'customer_id')
    return !given.every((text) => /^[A-Za-z]{1,3}$/.test(text)) || distinct > 3;
  return true;
}

/**
 * The column whose values stand for orders though its name does not say so: each on lines that
 * follow each other and share their date, some on several. Null where none or several do.
 */
export function orderColumn(
  columns: readonly SheetColumn[],
  dates: readonly (string | null)[],
): SheetColumn[] {
  return columns.filter(({ texts }) => {
    const dateOf = new Map<string, string | null>();
    let isBlock = true;
    let several = 0;
    texts.forEach((text, i) => {
      if (text === null) isBlock = false;
      else if (!dateOf.has(text)) dateOf.set(text, dates[i] ?? null);
      else {
        several += 1;
        if (texts[i - 1] !== text || dateOf.get(text) !== (dates[i] ?? null)) isBlock = false;
      }
    });
    return (
      isBlock && several > 0 && dateOf.size > 1 && [...dateOf.keys()].every((key) => /\d/.test(key))
    );
  });
}
