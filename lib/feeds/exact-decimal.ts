const scale = 4;
const limit = 10n ** 18n;

/**
 * A decimal number written with digits, sign and point, rounded half away from zero to four
 * decimals; null when it has more than 14 digits before the point.
 */
export function roundedDecimal(text: string): string | null {
  const units = roundedUnits(text);
  return units >= limit || units <= -limit ? null : decimalText(units);
}

/** A decimal number written so, in ten-thousandths, rounded half away from zero. */
export function roundedUnits(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  const units = fraction.charAt(scale) >= '5' ? kept + 1n : kept;
  return negative ? -units : units;
}

/** Ten-thousandths as text with four decimals: `-12345n` is `-1.2345`. */
export function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Text with four decimals as ten-thousandths. */
export function decimalUnits(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

/** `numerator / denominator`, rounded half away from zero; the denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (size * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -rounded : rounded;
}
