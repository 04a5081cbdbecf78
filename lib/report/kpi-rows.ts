import type { PeriodFigures } from './report-content.ts';

interface KpiRow {
  /** A column of `kpi_snapshot`; its words stand in `kpis` of each language. */
  readonly column: keyof PeriodFigures;
  readonly as: 'money' | 'count' | 'ratio' | 'share';
}

/** The rows of the tables by year and half-year. A KPI of `kpi_snapshot` is shown by a line here. */
export const kpiRows = [
  { column: 'net_sales', as: 'money' },
  { column: 'gross_margin', as: 'money' },
  { column: 'orders', as: 'count' },
  { column: 'average_order_value', as: 'money' },
  { column: 'average_basket', as: 'money' },
  { column: 'items_per_order', as: 'ratio' },
  { column: 'customers', as: 'count' },
  { column: 'activity_rate', as: 'share' },
  { column: 'new_customers', as: 'count' },
  { column: 'repurchase_rate', as: 'share' },
  { column: 'retention_rate', as: 'share' },
  { column: 'purchase_frequency', as: 'ratio' },
  { column: 'discount_rate', as: 'share' },
  { column: 'return_rate', as: 'share' },
] as const satisfies readonly KpiRow[];
