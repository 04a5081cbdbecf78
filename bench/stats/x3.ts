import { fitCountModel } from '../../lib/stats/judging/back-test.ts';
import { planBackTest } from '../../lib/stats/judging/back-test-plan.ts';
import { COUNT_MODELS, stackWeights, type ErrorsAtCut } from '../../lib/stats/judging/stack-weights.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { ordersAhead } from '../../lib/stats/scoring/orders-ahead.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';
import { withAliveMap } from '../../lib/stats/scoring/alive-map.ts';
import { learnAliveMap } from '../../lib/stats/judging/learn-alive-map.ts';
import { realSets } from './real-sets.ts';
import { cutSet } from './cut-set.ts';
for (const set of await realSets()) { if (set.name === "Online Retail") continue;
  const history = set.usualCut - set.firstDay;
  const plan = planBackTest(history)!;
  const at = (day: number, days: number) => { const cut = cutSet(set.spend, { at: day, days });
    const fits = new Map(COUNT_MODELS.map((m) => [m, fitCountModel(m, { ...cut, prior: DROP_OUT_PRIOR }).parameters]));
    const ah = new Map([...fits].map(([m, p]) => [m, ordersAhead(cut.groups, { scorer: scorerOf(m, p), weeks: cut.weeks })]));
    return { cut, fits, ah }; };
  const inner = plan.cutsDaysAgo.map((ago) => at(set.usualCut - ago, plan.horizonDays));
  const errs: ErrorsAtCut[] = inner.map(({ cut, ah }) => new Map([...ah].map(([m, a]) => { let s = 0; a.mean.forEach((v, i) => { s += (v - cut.actualOrders[i]!) ** 2; }); return [m, Math.sqrt(s / a.mean.length)]; })));
  const w = stackWeights(errs, new Set(COUNT_MODELS));
  console.log(set.name, [...w].map(([m, v]) => `${m} ${v.orders.toFixed(2)}`).join(' '));
  const LIM = Number(process.env.LIM ?? .5); const obs = inner.flatMap(({ cut, ah }) => [...cut.groups.frequency.keys()].filter((i) => cut.groups.frequency[i]! > 0 && [...ah].reduce((s, [m, a]) => s + w.get(m)!.alive * a.alive[i]!, 0) < LIM).map((i) => ({ customers: 1, hasBought: cut.actualOrders[i]! > 0, models: [...ah].map(([m, a]) => ({ weight: w.get(m)!.orders, alive: a.alive[i]!, someIfAlive: a.some[i]! / Math.max(1e-300, a.alive[i]!) })) })));
  const map = learnAliveMap(obs);
  console.log('  map', map);
  const outer = at(set.usualCut, set.usualDays);
  const { cut } = outer;
  const n = cut.actualOrders.length;
  const pa = new Float64Array(n);
  for (const [m, a] of outer.ah) a.alive.forEach((v, i) => { pa[i]! += w.get(m)!.alive * v; });
  for (const use of [null, map]) {
    const mean = new Float64Array(n), alive = new Float64Array(n), some = new Float64Array(n);
    for (const [m, p] of outer.fits) { const a = ordersAhead(cut.groups, { scorer: withAliveMap(scorerOf(m, p), use), weeks: cut.weeks }); a.mean.forEach((v, i) => { mean[i]! += w.get(m)!.orders * v; some[i]! += w.get(m)!.orders * a.some[i]!; alive[i]! += w.get(m)!.alive * a.alive[i]!; }); }
    let sq = 0, tot = 0, act = 0; mean.forEach((v, i) => { sq += (v - cut.actualOrders[i]!) ** 2; tot += v; act += cut.actualOrders[i]!; });
    const bands = [[0, .1], [.1, .3], [0, .3], [.3, .6], [.6, .9], [.9, 1.01]].map(([lo, hi]) => { let f = 0, y = 0, k = 0, b = 0, ps = 0; for (let i = 0; i < n; i++) if (cut.groups.frequency[i]! > 0 && pa[i]! >= lo! && pa[i]! < hi!) { f += mean[i]!; y += cut.actualOrders[i]!; k++; b += cut.actualOrders[i]! > 0 ? 1 : 0; ps += some[i]!; } return `${lo}-${hi}: ${k} f ${f.toFixed(0)} y ${y} (some ${ps.toFixed(0)} bought ${b})`; });
    console.log('  rmse', Math.sqrt(sq / n).toFixed(4), 'ratio', (Math.sqrt(sq / n) / set.bestOfPeers).toFixed(4), 'bias', (tot / act - 1).toFixed(3), bands.join(' | '));
  }
}
