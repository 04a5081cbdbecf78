import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 6 × 2.55 = 15.30; 8 × 2.75 = 22; 2 × 7.65 = 15.30; one of 7.65 came back.
export const onlineRetail: MadeUpExport = {
  file: 'online_retail.csv',
  net: '44.95',
  content: linesOf(`
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART,6,12/1/2010 8:26,2.55,17850,United Kingdom
536365,84406B,CREAM CUPID HEARTS,8,12/1/2010 8:26,2.75,17850,United Kingdom
536366,22752,SET 7 BABUSHKA,2,12/13/2010 9:02,7.65,13047,France
C536379,22752,SET 7 BABUSHKA,-1,12/14/2010 9:41,7.65,13047,France
`),
};
