import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';

const remembered = new Map<string, string | null>();
const mostRemembered = 100_000;

/**
 * E.164 of a phone number, by libphonenumber. `country` is ISO 3166, or empty when it is not known;
 * a number that names its own country by + or 00 needs none. Null when there can be no such number,
 * when its country is unknown, or when it has an extension: that is no address of a person.
 */
export function phoneNumber(text: string, country: string): string | null {
  const key = `${country} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const found = parse(text, country);
  remembered.set(key, found);
  return found;
}

function parse(text: string, country: string): string | null {
  const named = text.replace(/^00/, '+');
  const isNamed = named.startsWith('+');
  if (!isNamed && !isSupportedCountry(country)) return null;
  const parsed = isNamed
    ? parsePhoneNumberFromString(named, { extract: false })
    : parsePhoneNumberFromString(text, { extract: false, defaultCountry: country as CountryCode });
  return parsed?.isPossible() && parsed.ext === undefined ? parsed.number : null;
}
