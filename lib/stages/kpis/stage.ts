import { modelQuality } from '../../tables/back-test.ts';
import { orderLine, salesOrder } from '../../tables/facts.ts';
import { customerFeatures, history } from '../../tables/features.ts';
import { modelFit, purchaseCount, spendCount, totalForecast } from '../../tables/fit.ts';
import { calendar, kpiCustomer, kpiSales, kpiSnapshot } from '../../tables/kpis.ts';
import { segmentMember } from '../../tables/segments.ts';
import { type Stage, sqlStep } from '../stage.ts';
import { totalForecastRows } from './total-forecast.ts';

const beside = import.meta.url;

export const kpis: Stage = {
  name: 'kpis',
  steps: [
    sqlStep(calendar, { reads: [orderLine], beside }),
    sqlStep(kpiSales, { reads: [orderLine, calendar], beside }),
    sqlStep(kpiCustomer, { reads: [salesOrder, calendar], beside }),
    sqlStep(kpiSnapshot, { reads: [calendar, kpiSales, kpiCustomer], beside }),
    {
      kind: 'compute',
      name: 'total_forecast',
      reads: [
        history,
        customerFeatures,
        segmentMember,
        purchaseCount,
        spendCount,
        modelQuality,
        modelFit,
      ],
      writes: totalForecast,
      compute: totalForecastRows,
    },
  ],
};
