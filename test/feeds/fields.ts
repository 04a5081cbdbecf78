import fc from 'fast-check';

/** Texts that are hard to read, by what they are meant to be: damage and look-alikes included. */
const digits = fc.stringMatching(/^[0-9]{1,20}$/);
const pieces = fc.constantFrom(
  '',
  '-',
  '+',
  '.',
  ',',
  ' ',
  "'",
  'e',
  'E',
  'E+',
  '_',
  '0',
  '00',
  '1',
  '9',
  '5',
  '(',
  ')',
  '€',
  '$',
  '%',
  '=',
  'x',
  '٣',
  '−',
  '1e3',
  'inf',
  'NaN',
  '0x1F',
);
const glued = fc.array(fc.oneof(pieces, digits), { maxLength: 5 }).map((parts) => parts.join(''));

export const numberText = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc
    .tuple(fc.integer({ min: -99999, max: 99999 }), fc.stringMatching(/^[0-9]{0,7}$/))
    .map(([whole, fraction]) => `${whole}.${fraction}`),
  fc
    .tuple(
      fc.integer({ min: -999, max: 999 }),
      fc.stringMatching(/^[0-9]{3}$/),
      fc.stringMatching(/^[0-9]{0,3}$/),
      fc.constantFrom('.', ',', "'", ' '),
      fc.constantFrom('.', ','),
    )
    .map(([a, b, c, group, point]) => `${a}${group}${b}${point}${c}`),
  fc.constantFrom(
    '1.00005',
    '1.7763568394002505e-15',
    '-7.105427357601002E-15',
    '1.2E+15',
    '1e-05',
    '1.5E-3',
    '1.23456789012345e5',
    '9.876543210987654e+3',
    '1,23456789012345e5',
    '(12.00)',
    '($12.00)',
    '$(1,234.5)',
    '-$12',
    '12 USD',
    'USD 12',
    '(-5)',
    '1.234,50 €',
    '-9,90\u00a0€',
    '€1',
    '1\u202f234,5',
    '1\u2009234',
    '1’234.50',
    '−5',
    '1000000000',
    '1000000000.0001',
    '1000000',
    '1000000.5',
    '20240101120000',
    '1704067200',
    '-1.00005',
    '0.99995',
    '99999999999999.9999',
    '99999999999999.99995',
    '100000000000000',
    '3.36E+10',
    '(5.00)',
    '€5',
    '-0',
    '-0.00001',
    '+.5',
    '5.',
    '.',
    '-',
    '1,234.50',
    '1.234,50',
    '12,34',
    '1 234',
  ),
  glued,
);

const two = (min: number, max: number) =>
  fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));
const year = fc
  .oneof(fc.integer({ min: 1899, max: 2201 }), fc.constantFrom(0, 1, 999, 9999))
  .map((n) => String(n).padStart(4, '0'));
const recentYear = fc.integer({ min: 1995, max: 2026 }).map(String);
const isoDay = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: recentYear }, year), two(0, 13), two(0, 32))
  .map((parts) => parts.join('-'));
const clock = fc.tuple(two(0, 25), two(0, 61), two(0, 61)).map((parts) => parts.join(':'));
const offset = fc.constantFrom(
  '',
  'Z',
  ' Z',
  'z',
  ' UTC',
  '+02:00',
  '-0330',
  ' +01',
  '+2',
  '+14:00',
  '-12:60',
  '+99:00',
);
const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^[.,][0-9]{0,10}$/));

export const dateText = fc.oneof(
  isoDay,
  fc.tuple(isoDay, fc.constantFrom(' ', 'T', 't', '  ', '_'), clock).map((parts) => parts.join('')),
  fc
    .tuple(isoDay, fc.constantFrom(' ', 'T'), clock, fraction, offset)
    .map((parts) => parts.join('')),
  fc.tuple(isoDay, fc.constantFrom(' ', 'T'), clock).map(([d, t, c]) => d + t + c.slice(0, 5)),
  fc
    .tuple(two(0, 32), two(0, 13), recentYear, fc.constantFrom('/', '.', '-'))
    .map(([d, m, y, sign]) => [d, m, y].join(sign)),
  fc
    .tuple(two(0, 32), two(0, 13), recentYear, clock)
    .map(([d, m, y, c]) => `${d}.${m}.${y} ${c.slice(0, 5)}`),
  fc
    .tuple(
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      recentYear,
      fc.integer({ min: 0, max: 13 }),
      two(0, 60),
      fc.constantFrom('AM', 'pm', 'Pm'),
    )
    .map(([m, d, y, h, min, half]) => `${m}/${d}/${y} ${h}:${min} ${half}`),
  fc
    .tuple(
      fc.integer({ min: 1, max: 31 }),
      fc.constantFrom('Jan', 'FEB', 'may', 'Dec', 'Mai'),
      recentYear,
    )
    .map(([d, m, y]) => `${d}-${m}-${y}`),
  fc
    .tuple(
      fc.constantFrom('January', 'may', 'DECEMBER', 'Febuary', 'Mar'),
      fc.integer({ min: 1, max: 31 }),
      recentYear,
    )
    .map(([m, d, y]) => `${m} ${d}, ${y}`),
  fc
    .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 31 }), two(0, 99))
    .map(([m, d, y]) => `${m}/${d}/${y}`),
  // Hours that clocks skip or repeat.
  fc
    .tuple(
      fc.constantFrom(
        '2024-03-31',
        '2024-10-27',
        '2025-03-30',
        '2011-03-27',
        '2011-10-30',
        '2024-11-03',
        '2024-03-10',
      ),
      two(0, 4),
      two(0, 59),
    )
    .map(([d, h, m]) => `${d} ${h}:${m}:00`),
  fc.constantFrom(
    '0000-00-00',
    '1970-01-01',
    '1970-01-01T00:00:00Z',
    '1970-01-01 01:00:00+01:00',
    '1970-01-01 00:00:00',
    '1970-01-01 00:00:01',
    '1969-12-31 19:00:00',
    '0000-00-00 00:00:00',
    '2024-02-29',
    '2023-02-29',
    '2024-1-5',
    '2024-01-5',
    ' 2024-01-05',
    '+024-01-05',
    '2024-01-05 24:00:00',
    '2024-06-30 23:59:60',
    '20240105',
    '45000',
    '1-Jan',
    'today',
    'epoch',
    'infinity',
    '2024-01-05x',
    '2024-W01-1',
    '2024-01-05T10:00:00+02:00',
  ),
  glued,
);

const invisible = fc.constantFrom(
  '\u200b',
  '\u200e',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u00ad',
  '\u200d',
  '\u0007',
  '\u0085',
);
const blank = fc.constantFrom(
  ' ',
  '\t',
  '\n',
  '\r',
  '\v',
  '\f',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\u2028',
);
const letters = fc.oneof(
  fc.stringMatching(/^[ -~]{0,12}$/),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom(
    'é',
    'e\u0301',
    'İ',
    'ß',
    'ẞ',
    'ΑΣ',
    '日本',
    '👩‍👩‍👧',
    '\ufb01',
    'Å',
    'A\u030a',
    '1-Jan',
    '3-Mar',
    '3.36E+10',
    '3e+5',
    '=1+1',
    '=A1',
    '"',
    '""',
    "'",
    '\\',
    'a'.repeat(257),
  ),
  invisible,
  blank,
);

/** Words that mean nothing, somewhere, and numbers that were floats. */
const empty = fc.constantFrom(
  'NULL',
  'null',
  'nan',
  'NaN',
  'None',
  'N/A',
  '#N/A',
  '(null)',
  'undefined',
  '-',
  '\\N',
  '\\n',
  '0',
  '0.0',
  '-1',
  '-1.0',
  'Guest',
  '123.0',
  '-7.0',
  '00123.0',
  '12345678901234567.0',
  '1.0.0',
  'NU\u200bLL',
  ' NULL ',
  'Nano',
  'uKN',
);

export const wordText = fc.oneof(
  { weight: 3, arbitrary: fc.array(letters, { maxLength: 3 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: empty },
);

const local = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9._%+-]{1,10}$/), letters);
export const emailText = fc.oneof(
  fc
    .tuple(
      local,
      fc.constantFrom('@', '@@', ' @ ', ''),
      fc.constantFrom(
        'example.com',
        'EXAMPLE.Co.UK',
        'münchen.de',
        'example',
        'example..com',
        '.com',
        'exa mple.com',
        'İstanbul.tr',
        'x.y\u200b',
      ),
    )
    .map((parts) => parts.join('')),
  wordText,
);

export const phoneText = fc.oneof(
  fc.stringMatching(/^[+]?[0-9 .()/-]{3,18}$/),
  fc.constantFrom(
    '+33 6 12 34 56 78',
    '0033612345678',
    '06 12 34 56 78',
    '(212) 555-0100',
    '+1 212-555-0100',
    '+49 30 123456 ext. 5',
    '030 123456 x12',
    '612345678.0',
    "'+4930123456",
    '0',
    'n/a',
    '+0',
    'call me',
    '+٣٣',
  ),
  wordText,
);

export const flagText = fc.oneof(
  fc.constantFrom('true', 'FALSE', 'Yes', 'no', 'Y', 'n', '1', '0', 't', 'F', 'ja', 'ﬀ', 'ſ', '2'),
  wordText,
);
export const codeText = fc.oneof(
  fc.constantFrom('EUR', 'eur', 'Usd', 'FR', 'fr', 'uk', 'EURO', '€', 'ſſ', 'ﬀr', 'K\u212a'),
  fc.constantFrom('Germany', 'allemagne', 'Côte d’Ivoire', 'XX', 'Congo', 'USA', 'Türkei'),
  fc.constantFrom('EUR', 'eur'),
  fc.stringMatching(/^[a-zA-Z]{2,3}$/),
  wordText,
);
export const statusText = fc.oneof(
  fc.constantFrom('paid', 'Cancelled', 'VOID', 'canceled', 'İptal'),
  fc.constantFrom('On-Hold', 'pending_payment', 'partially_refunded', 'Remboursée', 'on-head'),
  fc.constantFrom('Refunded', 'REMBOURSÉ', 'sold', 'parked', 'Paid!', 'ſold', '=paid'),
  wordText,
);

export const lineKindText = fc.oneof(
  fc.constantFrom('sale', 'Gift Card', 'gift-card', 'FEE', 'shipping', 'tip', 'tips', ' Sale '),
  wordText,
);

/** Whether it stands alone or in the wrong column, each text also occurs padded or empty. */
export function field(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.tuple(blank, text, blank).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.oneof(numberText, dateText, wordText, emailText) },
  );
}
