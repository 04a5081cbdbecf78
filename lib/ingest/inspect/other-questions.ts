import type { AmountColumns } from './amount-columns.ts';
import { numberRole, wordsOf } from './header-words.ts';
import type { OrderGroups } from './order-groups.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { isSold } from './status-column.ts';
import type { SuggestedAmounts } from './suggest-amounts.ts';

interface Known {
  readonly date: SheetColumn | undefined;
  readonly status: SheetColumn | undefined;
  readonly columns: AmountColumns;
  readonly groups: OrderGroups;
  readonly amounts: SuggestedAmounts;
}

const noWords = /^(no|n|false|f|0|nein|non|none|-)$/i;
const undone =
  /\b(cancel\w*|storn\w*|annul\w*|void\w*|deleted|test|is test|refunded|returned|retour\w*|chargeback)\b/;
const kindWords =
  /\b(refund\w*|return|returns|returned|retoure|remboursement|payout|transfer|fee|adjustment|chargeback|gift ?cards?|geschenk\w*|gutschein|carte cadeau|tip|shipping|postage|versand\w*|porto|delivery)\b/i;
const kindHeader =
  /\b(type|kind|art|typ|event|product|item|description|artikel|lineitem|category|title|name|produkt)\b/;

/** What else of a file changes its sums and no column of the feed was found for. */
export function otherQuestions({ columns }: Sheet, known: Known): string[] {
  const { status, amounts } = known;
  const sells = (line: number) =>
    (amounts.lines[line] ?? 0) > 0 && isSold(status?.texts[line] ?? null);
  return columns
    .filter(({ header }) => header !== status?.header && header !== known.date?.header)
    .flatMap((column) => [
      ...unreadNumber(column, known),
      ...undoneLines(column, known, sells),
      ...otherKinds(column, sells),
    ]);
}

/** A column named as money whose texts are no numbers, such as `10 %`. */
function unreadNumber({ header, texts }: SheetColumn, { columns }: Known): string[] {
  const role = numberRole(header);
  const isRead = columns.read.includes(header);
  if (role === null || role === 'other' || isRead || !texts.some((text) => /\d/.test(text ?? ''))) {
    return [];
  }
  if (/\b(code|details?|name|title|description|id|type|reason)\b/.test(wordsOf(header))) return [];
  const isText = texts.some((text) => text !== null && /\p{L}{4}/u.test(text));
  const isMoney = ['quantity', 'unit_price', 'amount', 'subtotal', 'discount', 'refund'].includes(
    role,
  );
  return isMoney && !isText
    ? [`Say how "${header}" is written: not all of it reads as numbers.`]
    : [];
}

/** A column that speaks of cancelled or returned orders, filled where the status says sold. */
function undoneLines(
  { header, texts }: SheetColumn,
  { columns, status }: Known,
  sells: (line: number) => boolean,
): string[] {
  const words = wordsOf(header);
  if (!undone.test(words) || columns.read.includes(header)) return [];
  if (
    /\b(refund\w*|return\w*)\b/.test(words) &&
    (columns.refund !== undefined || status !== undefined)
  )
    return [];
  const isSaid = texts.some((text, i) => text !== null && !noWords.test(text) && sells(i));
  return isSaid
    ? [`Say what "${header}" means for the sale: it is filled on lines that count.`]
    : [];
}

/** Lines that seem to be no sales of goods, with amounts above zero. */
function otherKinds({ header, texts }: SheetColumn, sells: (line: number) => boolean): string[] {
  if (!kindHeader.test(wordsOf(header))) return [];
  const isWord = (text: string) => {
    const match = kindWords.exec(text);
    return (
      match !== null && (match[0].length >= text.length / 2 || /gift|geschenk|cadeau/i.test(text))
    );
  };
  const found = [...new Set(texts.filter((text, i) => text !== null && isWord(text) && sells(i)))];
  if (found.length === 0) return [];
  const words = found
    .slice(0, 5)
    .map((text) => `"${text}"`)
    .join(', ');
  return [`Say which lines are sales: "${header}" says ${words} (kind, or ignore).`];
}
