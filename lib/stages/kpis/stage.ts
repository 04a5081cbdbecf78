import { orderLine, salesOrder } from '../../tables/facts.ts';
import { calendar, kpiCustomer, kpiSales, kpiSnapshot } from '../../tables/kpis.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const kpis: Stage = {
  name: 'kpis',
  steps: [
    sqlStep(calendar, { reads: [orderLine], beside }),
    sqlStep(kpiSales, { reads: [orderLine, calendar], beside }),
    sqlStep(kpiCustomer, { reads: [salesOrder, calendar], beside }),
    sqlStep(kpiSnapshot, { reads: [calendar, kpiSales, kpiCustomer], beside }),
  ],
};
