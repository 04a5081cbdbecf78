import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 10 + 20; storniert, offen and erstattet count nothing.
export const statusWords: MadeUpExport = {
  file: 'bestellungen.csv',
  net: '30.00',
  content: linesOf(`
Bestellnummer;Bestelldatum;Kundennummer;Betrag;Status
1;2024-03-01;A;10,00;Bezahlt
2;2024-03-02;B;20,00;Versendet
3;2024-03-03;C;40,00;Storniert
4;2024-03-04;D;80,00;Offen
5;2024-03-05;E;160,00;Erstattet
`),
};
