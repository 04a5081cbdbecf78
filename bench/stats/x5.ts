import { writeFileSync } from 'node:fs';
import { backTest, COUNT_MODELS } from '../../lib/stats/judging/back-test.ts';
import { known } from '../../lib/stats/judging/judge-stack.ts';
import { stackAhead, membersOf } from '../../lib/stats/judging/stack-at-cut.ts';
import { championOf } from '../../lib/stats/judging/stack-weights.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { missVariance, atHorizon, widenedQuantile } from '../../lib/stats/intervals/past-misses.ts';
import { forecastQuality } from '../../lib/stats/judging/quality.ts';
import { realSets } from './real-sets.ts';
import { cutSet } from './cut-set.ts';
import { dayOf } from './daily-spend.ts';
import { learnAt, occasionValues } from './forecast-at.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';
const mode = process.argv[2] ?? 'usual';
const out: any[] = [];
for (const set of await realSets()) {
  let origins: [number, number, string][] = [[set.usualCut, set.usualDays, 'usual']];
  if (mode === 'all') {
    if (set.name === 'foundations') {
      for (let y = 2006; y <= 2014; y++) for (const d of [365, 730, 1095]) if (y + d / 365 <= 2015) origins.push([dayOf(`${y}-12-31`), d, 'long']);
      for (let y = 2007; y <= 2014; y++) for (const d of [90, 180, 270]) for (const m of ['03-31', '09-30']) origins.push([dayOf(`${y}-${m}`), d, 'short']);
    } else {
      for (const d of [90, 180, 270]) for (let at = set.firstDay + 181; at + d <= set.lastDay; at += d / 2) origins.push([at, d, 'short']);
    }
    origins.sort((a, b) => a[0] - b[0]);
  }
  let last: any = null;
  for (const [at, days, kind] of origins) {
    const usable = new Set(COUNT_MODELS);
    if (last?.at !== at) last = { at, l: learnAt((ago, d) => cutSet(set.spend, { at: at - ago, days: d }), { historyDays: at - set.firstDay, usable }) };
    const l = last.l;
    const { weights, map, basketFactor } = l.learned;
    const cut = cutSet(set.spend, { at, days });
    const rows = backTest(cut, DROP_OUT_PRIOR);
    const ahead = new Map(rows.filter((r) => r.ahead).map((r) => [r.model as any, r.ahead!]));
    const part = Int32Array.from(cut.groups.age, (w) => Math.floor(w / WEEKS_OF_MONTH));
    const countParts = Math.max(...part) + 1;
    const { mean, totals } = stackAhead(cut.groups, { ahead, weights, map, part, countParts });
    const [total] = stackAhead(cut.groups, { ahead, weights, map, part: new Int32Array(part.length), countParts: 1 }).totals;
    const q = forecastQuality({ forecast: mean, actual: cut.actualOrders, count: cut.groups.count });
    const champ = championOf(weights)!;
    const cq = rows.find((r) => r.model === champ)!.quality!;
    const hor = days / l.horizonDays;
    const s2 = atHorizon(missVariance(known(l.atCuts.map((a: any) => a.missOfOrders))), hor);
    const s2s = atHorizon(missVariance(known(l.atCuts.map((a: any) => a.missOfSales))), hor);
    const s2m = atHorizon(missVariance(known(l.atCuts.map((a: any) => a.missOfMonths))), hor);
    const inside = (t: any, v: number, a: number) => a >= Math.round(widenedQuantile(t, { level: .1, variance: v })) && a <= Math.round(widenedQuantile(t, { level: .9, variance: v }));
    const M = occasionValues(cut);
    let S = 0, S0 = 0, AS = 0; mean.forEach((e, i) => { S += e * M[i]! * basketFactor; S0 += e * M[i]!; AS += cut.actualValue[i]!; });
    const sf = { mean: S, variance: total!.variance * (S / total!.mean) ** 2 };
    let mh = 0, mn = 0; totals.forEach((t, j) => { let n = 0, a = 0; part.forEach((p, i) => { if (p === j) { n++; a += cut.actualOrders[i]!; } }); if (n && t.mean > 0) { mn++; if (inside(t, s2m, a)) mh++; } });
    const pa = new Float64Array(mean.length); for (const [m, a] of ahead) a.alive.forEach((v: number, i: number) => { pa[i]! += (weights.get(m as any)?.alive ?? 0) * v; });
    let pf = 0, py = 0; mean.forEach((e, i) => { if (cut.groups.frequency[i]! > 0 && pa[i]! < .3) { pf += e; py += cut.actualOrders[i]!; } });
    const vq = forecastQuality({ forecast: mean.map((e, i) => e * M[i]!), actual: cut.actualValue, count: cut.groups.count });
    const past = forecastQuality({ forecast: cut.averageValue.map((v, i) => v * (cut.groups.frequency[i]! + 1)), actual: cut.actualValue, count: cut.groups.count });
    const r = { set: set.name, kind, at, days, h: l.horizonDays, hit: inside(total, s2, q.actualTotal), hitS: inside(sf, s2s, AS), width: widenedQuantile(total!, { level: .9, variance: s2 }) / total!.mean - widenedQuantile(total!, { level: .1, variance: s2 }) / total!.mean, mh, mn, bias: q.bias, sales: S / AS - 1, sales0: S0 / AS - 1, rmse: q.rmse, peer: q.rmse / set.bestOfPeers, champ: q.rmse / cq.rmse, sigma: Math.sqrt(s2), sigmaS: Math.sqrt(s2s), pf, py };
    out.push(r);
    console.log(set.name, kind, new Date(at * 864e5).toISOString().slice(0, 10), days, 'h', l.horizonDays, champ, map ? `map ${map.slope.toFixed(2)}` : 'no map', 'basket', basketFactor.toFixed(3), 'rmse', q.rmse.toFixed(4), 'peer', r.peer.toFixed(4), 'champ', r.champ.toFixed(4), 'bias', q.bias!.toFixed(3), 'sales', r.sales.toFixed(3), 'was', r.sales0.toFixed(3), 'paused', pf.toFixed(0), py, 'hit', r.hit, r.hitS, 'sigma', r.sigma.toFixed(3), r.sigmaS.toFixed(3), 'w', r.width.toFixed(2), 'months', `${mh}/${mn}`, 'top10', vq.top10Capture?.toFixed(3), past.top10Capture?.toFixed(3), 'cutPIT', l.atCuts.map((a: any) => `${a.pitDistance.toFixed(3)}/${a.coverage80.toFixed(2)}`).join(' '));
  }
}
writeFileSync(`/tmp/h/x5-${mode}.json`, JSON.stringify(out));
