/** What a column of numbers means in an order export. */
export type NumberRole =
  | 'quantity'
  | 'unit_price'
  | 'amount'
  | 'subtotal'
  | 'total'
  | 'discount'
  | 'tax'
  | 'shipping'
  | 'refund'
  | 'fee'
  | 'tip'
  | 'gift'
  | 'other';

/** A header in plain words: lower case, without accents and signs; `itemPrice` is `item price`. */
export function wordsOf(header: string): string {
  return header
    .replace(/MwSt|USt/g, ' vat ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#%]+/gu, ' ')
    .trim();
}

const taxSide =
  /\b(ex|excl|excluding|exkl|exclusive|incl|inc|including|inkl|inclusive|before|after|with|without|ohne|mit|zzgl|hors|net|netto|gross|brutto|ttc|ht)\b/;
const taxWord =
  /\b(tax|taxes|vat|gst|hst|mwst|ust|umsatzsteuer|mehrwertsteuer|steuer|tva|iva|btw|moms)\b/;
const shippingWord =
  /\b(ship|shipping|freight|postage|delivery|versand|versandkosten|porto|livraison|frais de port|port|duties)\b/;

/** In the order in which they are tried: what is added to or taken off goods before goods. */
const roles: readonly (readonly [NumberRole, RegExp])[] = [
  [
    'other',
    /\b((ship\w*|delivery|freight|versand\w*) (tax|discount|promotion|rabatt|refund)|(tax|vat|gst|mwst|tva) (rate|%)|steuersatz|exchange rate|compare at|list price|msrp|rrp|uvp|cogs|profit|margin|marge|gewinn|weight|gewicht|poids|balance|outstanding|latitude|longitude|rating|points|age|year|month|week)\b|(tax|vat) %/,
  ],
  // pieces that came back are no money; `Quantity (- Refund)` is what was kept
  [
    'other',
    /\b(quantity|qty|units|items|menge|anzahl) (refunded|returned|cancell?ed|shipped|invoiced|backordered)\b/,
  ],
  ['quantity', /^(quantity|qty) refund$/],
  ['shipping', shippingWord],
  [
    'refund',
    /\b(refund|refunds|refunded|erstattet|erstattung|ruckerstattung|rembourse|remboursement|gutschrift)\b/,
  ],
  ['tip', /\b(tip|tips|gratuity|trinkgeld|pourboire)\b/],
  ['fee', /\b(fee|fees|gebuhr|gebuhren|frais|commission|provision)\b/],
  ['gift', /\b(gift ?cards?|gift wrap|geschenk\w*|carte cadeau)\b/],
  [
    'discount',
    /\b(discount|discounts|discounted by|rabatt|remise|reduction|nachlass|skonto|promotion|promo|coupon|voucher|savings|rebate|deduction|reduktion|ermassigung|off)\b/,
  ],
  ['other', /\b(card|cash|tender|bar|karte|carte|especes)\b/],
  ['other', /\b(cost|costs|kosten|einkaufspreis|einkauf|ek)\b/],
  [
    'quantity',
    /\b(quantity|qty|qnt|units|menge|anzahl|stuck|stueck|stuckzahl|quantite|qte|cantidad|pieces|pcs|items|count)\b/,
  ],
  [
    'amount',
    /\b((line|row|item|position|positions|extended) ?(total|amount|sum|price total|value)|(line|row|extended) price|price total|gesamtpreis|prix total|zeilensumme|positionssumme)\b/,
  ],
  ['subtotal', /\b(sub ?total|zwischensumme|sous total|merchandise|goods)\b/],
  [
    'total',
    /\b(total|totals|summe|gesamt|gesamtbetrag|gesamtsumme|endbetrag|rechnungsbetrag|paid|collected|order (value|amount)|payable|zahlbetrag|totaal)\b/,
  ],
  [
    'unit_price',
    /\b(price|preis|stuckpreis|einzelpreis|prix|pu|precio|sold for|each|unitaire|rate)\b/,
  ],
  [
    'amount',
    /\b(amount|sales|revenue|turnover|umsatz|betrag|montant|ca|importe|ventes|net|netto|value|wert|spend|sum)\b/,
  ],
];

/** What a header of numbers says; null: nothing that is known. */
export function numberRole(header: string): NumberRole | null {
  const words = wordsOf(header);
  const found = roles.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
  if (found === 'other' || found === 'shipping' || found === 'refund') return found;
  if (taxWord.test(words) && !taxSide.test(words)) return 'tax';
  return found;
}

/** Whether a price is said to be that of one unit. */
export function isUnitPrice(header: string): boolean {
  return /\b(unit|each|per|einzel\w*|stuckpreis|unitaire|pu|unite)\b/.test(wordsOf(header));
}

/** Whether a discount is said to be a share, and of which whole. */
export function shareSaid(header: string): 'rate' | 'percent' | null {
  const words = wordsOf(header);
  if (/%|\b(percent|percentage|prozent|pct|pourcent|pourcentage)/.test(words)) return 'percent';
  return /\b(rate|satz|rabattsatz|taux|share|ratio)\b/.test(words) ? 'rate' : null;
}

/** Whether a discount is said to be money. */
export function saysMoney(header: string): boolean {
  return /\b(amount|value|betrag|montant|wert|money|eur|usd|gbp)\b/.test(wordsOf(header));
}

/** Whether an amount is said to be before tax. */
export function isBeforeTax(header: string): boolean {
  return /\b(net|netto|ht|excl|exkl|excluding|exclusive|ex (tax|vat|gst)|before tax|without tax|ohne|hors)\b/.test(
    wordsOf(header),
  );
}

/** Whether an amount is said to hold tax. */
export function isWithTax(header: string): boolean {
  return /\b(incl|inkl|including|inclusive|inc (tax|vat|gst)|with tax|ttc|brutto)\b/.test(
    wordsOf(header),
  );
}

/** Whether an amount is said to be after discount. */
export function isAfterDiscount(header: string): boolean {
  return /\b(net (sales|amount|revenue|price)|after discount|discounted|nach rabatt|apres remise)\b/.test(
    wordsOf(header),
  );
}

/** Whether a header speaks of the whole order. */
export function saysOrder(header: string): boolean {
  return /\b(order|orders|cart|basket|bestellung|bestell\w*|auftrag\w*|commande|warenkorb)\b/.test(
    wordsOf(header),
  );
}

export type DateRole = 'ordered_at' | 'updated_at' | 'other';

/** What a header of dates says; null: nothing that is known. */
export function dateRole(header: string): DateRole | null {
  const words = wordsOf(header);
  if (/\b(updated|modified|last change|changed|geandert|aktualisiert|modifie)\b/.test(words)) {
    return 'updated_at';
  }
  if (
    /\b(paid|payment|fulfilled|shipped|ship|delivered|delivery|due|cancelled|canceled|refunded|refund|birth\w*|registered|signup|available|deposit|transfer|bezahlt|versand\w*|liefer\w*|zahlung\w*|expir\w*|completed|start\w*|end\w*)\b/.test(
      words,
    )
  ) {
    return 'other';
  }
  return /\b(order\w*|purchase\w*|sale|sold|invoice\w*|created|create|creation|transaction|placed|date|datum|bestell\w*|kauf\w*|gekauft|commande|achat|time|timestamp|when|beleg\w*|rechnung\w*|fecha|day|tag|jour)\b/.test(
    words,
  )
    ? 'ordered_at'
    : null;
}
