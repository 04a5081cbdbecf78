import { asciiFold } from './ascii-fold.ts';

/** Languages whose names of countries are read. */
const languages = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt', 'da', 'sv', 'nb', 'fi', 'pl', 'cs'];
/** Names that exports use and CLDR does not. */
const otherNames: Readonly<Record<string, string>> = {
  uk: 'GB',
  'united states of america': 'US',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'ivory coast': 'CI',
};
/** Regions of CLDR that are no country, and a name that two countries go by. */
const noCountries = ['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'];
const sharedNames = ['congo'];

let known: ReadonlyMap<string, string> | undefined;

/**
 * ISO 3166-1 alpha-2, upper case, of a code in any case or of a country's name in a European
 * language; null where it is none that is known.
 */
export function countryCode(text: string): string | null {
  known ??= codesByName();
  return known.get(asciiFold(text) ?? '') ?? null;
}

/** A name that two countries share in some languages is left out; a code is its country's name, too. */
function codesByName(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const shared = new Set(sharedNames);
  for (const { name, code } of names()) {
    if ((found.get(name) ?? code) !== code) shared.add(name);
    found.set(name, code);
  }
  for (const name of shared) found.delete(name);
  for (const [name, code] of Object.entries(otherNames)) found.set(name, code);
  for (const code of new Set(found.values())) found.set(code.toLowerCase(), code);
  return found;
}

function* names() {
  for (const style of ['long', 'short'] as const) {
    for (const language of languages) {
      const region = new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
      for (const code of codes()) {
        const name = asciiFold(region.of(code) ?? '');
        if (name !== null) yield { name, code };
      }
    }
  }
}

/** Pairs of letters that are not another pair's former code. */
function codes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountries.includes(code))
    .filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`);
}
