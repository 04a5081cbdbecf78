/** A way to read a file. */
export interface Way {
  readonly name: string;
  readonly timeZone: string;
  readonly settings: object;
  readonly isPlain: boolean;
  /** A day as the way writes it. */
  readonly day: (day: string, month: string) => string;
  readonly point: '.' | ',';
}

/** Each setting that changes how a value is understood occurs in one of them. */
export const ways: readonly Way[] = [
  {
    name: 'the contract',
    timeZone: 'UTC',
    settings: {},
    isPlain: false,
    day: (d, m) => `2024-${m}-${d}`,
    point: '.',
  },
  {
    name: 'printable ASCII alone',
    timeZone: 'UTC',
    settings: {},
    isPlain: true,
    day: (d, m) => `2024-${m}-${d}`,
    point: '.',
  },
  {
    name: 'a German export',
    timeZone: 'Europe/Berlin',
    day: (d, m) => `${d}.${m}.2024`,
    point: ',',
    isPlain: false,
    settings: {
      decimal: ',',
      thousands: '.',
      date_format: ['DD.MM.YYYY', 'DD.MM.YYYY HH:mm', 'ISO'],
      phone_country: 'DE',
      status_words: { parked: 'open', paid: 'sold', Storniert: 'cancelled' },
    },
  },
  {
    name: 'an American export',
    timeZone: 'America/New_York',
    day: (d, m) => `${m}/${d}/2024`,
    point: '.',
    isPlain: true,
    settings: {
      thousands: ',',
      date_format: ['M/D/YYYY h:mm A', 'D-MMM-YYYY', 'MM/DD/YYYY', 'M/D/YY', 'MMMM D, YYYY'],
      phone_country: 'US',
      empty: ['n/a', '0'],
    },
  },
  {
    name: 'a British export with tax',
    timeZone: 'Europe/London',
    day: (d, m) => `2024-${m}-${d}`,
    point: '.',
    isPlain: false,
    settings: {
      thousands: "'",
      amounts_include_tax: { rate: 0.175 },
      ignore: [
        { column: 'status', one_of: ['paid'], reason: 'test' },
        {
          column: 'channel',
          equals: '',
          and: [{ column: 'order_id', begins_with: '1' }],
          reason: 'test',
        },
      ],
    },
  },
];
