/**
 * Numbers as a reader of English wants them, the same on every machine (the machine's own locale
 * data are not asked). What cannot be told is a dash.
 */
const dash = '–';

const symbols: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `12,345`, or with fraction digits `12,345.6`; a minus is a real minus sign. */
export function numberText(number: number | null, fractionDigits = 0): string {
  if (number === null || !Number.isFinite(number)) return dash;
  const [whole = '', fraction] = Math.abs(number).toFixed(fractionDigits).split('.');
  const text = grouped(whole) + (fraction === undefined ? '' : `.${fraction}`);
  return number < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** `1 file`, `1,200 files`. */
export function countedText(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `€12,345`; amounts below 100 show cents. Currencies without a known sign show their code, an unknown one nothing. */
export function moneyText(amount: number | null, currency: string): string {
  if (amount === null || !Number.isFinite(amount)) return dash;
  const text = numberText(Math.abs(amount), Math.abs(amount) < 99.995 && amount !== 0 ? 2 : 0);
  const sign = amount < 0 ? '−' : '';
  return (
    sign +
    (symbols[currency] === undefined ? `${currency} ${text}`.trimStart() : symbols[currency] + text)
  );
}

/** `12 %`, below ten percent `3.4 %`. */
export function shareText(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return dash;
  const percent = share * 100;
  return `${numberText(percent, Math.abs(percent) < 9.95 && percent !== 0 ? 1 : 0)} %`;
}

/** How a figure changed: `+4.2 %`; null where there is nothing to compare with. */
export function changeText(now: number, before: number | null): string | null {
  if (before === null || before <= 0) return null;
  const change = now / before - 1;
  return `${change > 0 ? '+' : ''}${shareText(change)}`;
}
