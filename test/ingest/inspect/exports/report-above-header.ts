import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 100 + 250,25.
export const reportAboveHeader: MadeUpExport = {
  file: 'umsatzbericht.csv',
  net: '350.25',
  content: linesOf(`
Umsatzbericht;;;;
Zeitraum;01.01.2024 - 31.12.2024;;;
;;;;
Bestellnummer;Datum;Kundennummer;Betrag;Menge
77;15.1.2024;K-1;100,00;1
78;31.12.2024;K-2;250,25;2
`),
};
