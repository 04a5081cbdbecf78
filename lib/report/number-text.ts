import type { Words } from '../words/words.ts';

/**
 * Numbers as a reader of the language wants them, the same on every machine (the machine's own
 * locale data are not asked). What cannot be told is a dash.
 */
type Formats = Words['formats'];

const dash = '–';

const symbols: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** `12,345`, or with fraction digits `12,345.6`; a minus is a real minus sign. */
export function numberText(formats: Formats, number: number | null, fractionDigits = 0): string {
  if (number === null || !Number.isFinite(number)) return dash;
  const [whole = '', fraction] = Math.abs(number).toFixed(fractionDigits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, formats.thousands);
  const text = grouped + (fraction === undefined ? '' : formats.decimal + fraction);
  return number < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** `€12,345`; amounts below 100 show cents. Currencies without a known sign show their code, an unknown one nothing. */
export function moneyText(formats: Formats, amount: number | null, currency: string): string {
  if (amount === null || !Number.isFinite(amount)) return dash;
  const digits = Math.abs(amount) < 99.995 && amount !== 0 ? 2 : 0;
  const text = numberText(formats, Math.abs(amount), digits);
  return (
    (amount < 0 ? '−' : '') + formats.money(text, symbols[currency] ?? `${currency} `.trimStart())
  );
}

/** `12 %`, below ten percent `3.4 %`. */
export function shareText(formats: Formats, share: number | null): string {
  if (share === null || !Number.isFinite(share)) return dash;
  const percent = share * 100;
  const digits = Math.abs(percent) < 9.95 && percent !== 0 ? 1 : 0;
  return numberText(formats, percent, digits) + formats.percent;
}

/** How a figure changed: `+4.2 %`; null where there is nothing to compare with. */
export function changeText(formats: Formats, now: number, before: number | null): string | null {
  if (before === null || before <= 0) return null;
  const change = now / before - 1;
  return `${change > 0 ? '+' : ''}${shareText(formats, change)}`;
}
