import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';

/** What accepted order lines come to, a currency at a time. */
export interface OrdersSummary {
  /** Empty where the file names none. */
  readonly currency: string;
  readonly lines: number;
  readonly orders: number;
  /** Days in UTC. */
  readonly first: string;
  readonly last: string;
  /** Of lines that count: after discount, before tax and shipping, less what was given back. */
  readonly netSales: string;
  /** What was given back: refunds of whole orders, else the orders whose status says so. */
  readonly givenBack: string;
}

/** Fails with an EngineError. */
export async function ordersSummary(
  engine: FileEngine,
  paths: readonly string[],
): Promise<OrdersSummary[]> {
  if (paths.length === 0) return [];
  const rows = await engine.read(`with lines as (
  select *, coalesce(order_id, load_id || ' ' || record_number) as order_key,
    coalesce(status, 'sold') not in ('open', 'cancelled') as counts
  from read_parquet([${paths.map(literal).join(', ')}])
),
orders as (
  select coalesce(currency, '') as currency, order_key, count(*) as lines,
    min(ordered_at) as first_at, max(ordered_at) as last_at,
    sum(case when counts then amount else 0 end)
      - case when bool_or(counts) then coalesce(max(order_discount), 0) else 0 end as sold,
    case when bool_or(counts) then coalesce(max(order_refund), 0) else 0 end as refund,
    bool_and(coalesce(status, 'sold') = 'given_back') as is_given_back
  from lines group by 1, 2
),
settled as (
  select *, case when refund > 0 then least(refund, sold) when is_given_back then sold else 0 end as given_back
  from orders
)
select currency, cast(sum(lines) as bigint) as lines, count(*) as orders,
  cast(cast(min(first_at) as date) as varchar) as first, cast(cast(max(last_at) as date) as varchar) as last,
  cast(cast(sum(sold - given_back) as decimal(38,2)) as varchar) as net_sales,
  cast(cast(sum(given_back) as decimal(38,2)) as varchar) as given_back
from settled group by currency order by currency`);
  return rows.map((row) => ({
    currency: row.currency as string,
    lines: row.lines as number,
    orders: row.orders as number,
    first: row.first as string,
    last: row.last as string,
    netSales: row.net_sales as string,
    givenBack: row.given_back as string,
  }));
}
