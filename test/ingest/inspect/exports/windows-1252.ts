import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 12,50 + 7,50.
export const windows1252: MadeUpExport = {
  file: 'export.csv',
  net: '20.00',
  content: Buffer.from(
    linesOf(`
Bestellnummer;Datum;Kunde;Betrag
1;15.01.2024;Jürgen;12,50
2;31.12.2024;Zoë;7,50
`),
    'latin1',
  ),
};
