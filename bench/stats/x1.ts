import { backTest, COUNT_MODELS, fitCountModel } from '../../lib/stats/judging/back-test.ts';
import { forecastQuality } from '../../lib/stats/judging/quality.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { expectedOrders } from '../../lib/stats/scoring/expected-orders.ts';
import { cutSet } from './cut-set.ts';
import { realSets } from './real-sets.ts';

for (const set of await realSets()) {
  const cut = cutSet(set.spend, { at: set.usualCut, days: set.usualDays });
  console.log(
    set.name,
    cut.groups.count.length,
    new Date(set.firstDay * 864e5).toISOString().slice(0, 10),
    new Date(set.lastDay * 864e5).toISOString().slice(0, 10),
    'peer',
    set.bestOfPeers,
  );
  const rows = process.argv[2]
    ? COUNT_MODELS.map((model) => {
        const fit = fitCountModel(model, { ...cut, prior: DROP_OUT_PRIOR });
        const forecast = expectedOrders(cut.groups, {
          model,
          parameters: fit.parameters,
          weeks: cut.weeks,
        });
        return {
          model,
          fit,
          forecast,
          quality: forecastQuality({ forecast, actual: cut.actualOrders, count: cut.groups.count }),
        };
      })
    : backTest(cut);
  const fc: Float64Array[] = [];
  for (const { model, fit, quality, forecast } of rows) {
    if (fit) fc.push(forecast!);
    const p = fit?.parameters as any;
    const d = fit
      ? model === 'pareto_nbd'
        ? p.s / p.beta / (p.r / p.alpha)
        : p.a / (p.a + p.b)
      : NaN;
    console.log(
      '  ',
      model.padEnd(14),
      fit?.status,
      quality?.rmse.toFixed(4),
      quality?.bias?.toFixed(3),
      'd',
      d.toFixed(5),
      p
        ? JSON.stringify(
            Object.fromEntries(
              Object.entries(p).map(([k, v]) => [k, +(v as number).toPrecision(4)]),
            ),
          )
        : '',
    );
  }
  const m = fc[0]!.map((_, i) => fc.reduce((s, f) => s + f[i]!, 0) / fc.length);
  let sq = 0;
  m.forEach((v, i) => {
    sq += (v - cut.actualOrders[i]!) ** 2;
  });
  console.log('   equal', Math.sqrt(sq / m.length).toFixed(4));
}
