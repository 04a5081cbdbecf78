import { fitMbgNbd } from '../../lib/stats/models/mbg-nbd.ts';
import { fitParetoNbd } from '../../lib/stats/models/pareto-nbd.ts';
import { expectedOrders } from '../../lib/stats/scoring/expected-orders.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { planBackTest } from '../../lib/stats/judging/back-test-plan.ts';
import { fitGammaGamma, gammaGammaExpectedSpend } from '../../lib/stats/models/gamma-gamma.ts';
import { realSets } from './real-sets.ts';
import { cutSet } from './cut-set.ts';
import { dayOf } from './daily-spend.ts';
function at(set: any, day: number, days: number, full = false) {
  const cut = cutSet(set.spend, { at: day, days });
  const { groups } = cut;
  const idx = [...groups.frequency.keys()].filter((i) => groups.frequency[i]! > 0 && cut.repeatValue[i]! > 0);
  const fit = fitGammaGamma({ frequency: Float64Array.from(idx, (i) => groups.frequency[i]!), meanSpend: Float64Array.from(idx, (i) => cut.repeatValue[i]!), count: new Float64Array(idx.length).fill(1) });
  const { p = 0, q = 0, gamma = 0 } = fit.parameters;
  const M = groups.frequency.map((x, i) => gammaGammaExpectedSpend({ p, q, gamma }, { frequency: x, meanSpend: cut.repeatValue[i]! }));
  let a = 0, f = 0, n = 0, s2 = 0, one = 0, ones = 0;
  cut.actualOrders.forEach((y, i) => { if (!y) return; a += cut.actualValue[i]!; f += y * M[i]!; n += y; s2 += (cut.actualValue[i]! - y * M[i]!) ** 2; if (!groups.frequency[i]) { one += cut.actualValue[i]!; ones += y * M[i]!; } });
  const rho = Math.log(a / f), se = Math.sqrt(s2) / a;
  let bias = NaN, ob = NaN;
  if (full) { const pr = fitParetoNbd(groups, { prior: DROP_OUT_PRIOR }); const E = expectedOrders(groups, { model: 'pareto_nbd', parameters: pr.parameters, weeks: cut.weeks }); let S = 0, A = 0, O = 0; E.forEach((e, i) => { S += e * M[i]!; A += cut.actualValue[i]!; O += e; }); bias = S / A; ob = O / n; }
  return { rho, se, bias, ob, status: fit.status, q, p, gamma, onet: one / ones, M, cut };
}
for (const set of await realSets()) {
  if (!set.hasMoney) continue;
  const origins = set.name === 'foundations' ? [2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014].map((y) => [dayOf(`${y}-12-31`), 365]) : [[set.usualCut, set.usualDays]];
  for (const [day, days] of origins as [number, number][]) {
    const plan = planBackTest(day - set.firstDay)!;
    const inner = plan.cutsDaysAgo.map((ago) => at(set, day - ago, plan.horizonDays));
    const o = at(set, day, days, true);
    console.log(set.name, new Date(day * 864e5).toISOString().slice(0, 10), o.status, 'p', o.p.toFixed(2), 'q', o.q.toFixed(2), 'g', o.gamma.toFixed(1), 'inner', inner.map((c) => `${c.rho.toFixed(3)}±${c.se.toFixed(3)}`).join(' '), 'outer rho', o.rho.toFixed(3), '±', o.se.toFixed(3), 'one-timers', o.onet.toFixed(3), 'sales bias', (o.bias - 1).toFixed(3), 'orders', (o.ob - 1).toFixed(3));
  }
}
