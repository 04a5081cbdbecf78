import type { QueryEngine, Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import * as queries from './queries.ts';
import type { Query } from './query.ts';
import type { ReportContent } from './report-content.ts';
import { valueBins } from './value-bins.ts';

/** Reads what the report of a run tells from the run's own tables and from the log of loads. */
export async function readReportContent(engine: QueryEngine, run: Run): Promise<ReportContent> {
  const parameters = {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: { type: 'text', value: run.runId },
  } as const;
  const read = async <R>({ select, rowOf }: Query<R>): Promise<R[]> =>
    (await engine.read(bind(select, parameters))).map(rowOf);
  /** The row of a SELECT that counts all: it has one even of nothing. */
  const readOne = async <R>({ select, rowOf }: Query<R>): Promise<R> => {
    const [row = {}] = await engine.read(bind(select, parameters));
    return rowOf(row);
  };
  return {
    run,
    currency: (await read(queries.currency))[0]?.value ?? '',
    headline: {
      ...(await readOne(queries.sales)),
      ...(await readOne(queries.people)),
      ...(await readOne(queries.basis)),
    },
    periods: await read(queries.periods),
    channelMonths: await read(queries.channelMonths),
    valueBins: valueBins(await read(queries.valueBins)),
    valueTenths: await read(queries.valueTenths),
    salesForecast: (await read(queries.salesForecast))[0] ?? null,
    pastMisses: await read(queries.pastMisses),
    rfmCells: await read(queries.rfmCells),
    segments: await read(queries.segments),
    models: await read(queries.models),
    methods: await read(queries.methods),
    guarded: await read(queries.guarded),
    loads: await read(queries.loads),
    leftOut: await read(queries.leftOut),
    waitingOrders: await read(queries.waitingOrders),
    replacedLines: await read(queries.replacedLines),
    continuedOrders: await read(queries.continuedOrders),
    undatedRefunds: await read(queries.undatedRefunds),
    restartingNumbers: await read(queries.restartingNumbers),
    refusals: await read(queries.refusals),
  };
}
