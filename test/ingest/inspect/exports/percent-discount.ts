import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 20 × 0,9 = 18; 15; 40 × 0,75 = 30.
export const percentDiscount: MadeUpExport = {
  file: 'positionen.csv',
  net: '63.00',
  content: linesOf(`
Auftragsnr;Datum;Kundennr;Artikelnr;Menge;Einzelpreis;Rabatt %
1;01.03.2024;A;X;2;10,00;10
1;01.03.2024;A;Y;3;5,00;0
2;31.03.2024;B;Z;1;40,00;25
`),
};
