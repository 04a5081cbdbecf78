/** The smallest amount of the currencies (ISO 4217) that have no hundredths. */
export const minorUnits: readonly (readonly [currency: string, unit: string])[] = [
  ...[
    ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI'],
    ...['VND', 'VUV', 'XAF', 'XOF', 'XPF'],
  ].map((currency) => [currency, '1'] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map(
    (currency) => [currency, '0.001'] as const,
  ),
];
