import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 100 + 250,25; the sum below is no sale.
export const sumBelowRecords: MadeUpExport = {
  file: 'umsatz.csv',
  net: '350.25',
  content: linesOf(`
Bestellnummer;Datum;Kundennummer;Betrag;Menge
77;15.1.2024;K-1;100,00;1
78;31.12.2024;K-2;250,25;2
Summe;;;350,25;3
`),
};
