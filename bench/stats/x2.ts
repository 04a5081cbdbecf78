import { writeFileSync } from 'node:fs';
import { COUNT_MODELS, fitCountModel } from '../../lib/stats/judging/back-test.ts';
import { planBackTest } from '../../lib/stats/judging/back-test-plan.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { isUsableFit } from '../../lib/stats/models/fit.ts';
import { fitGammaGamma, gammaGammaExpectedSpend } from '../../lib/stats/models/gamma-gamma.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';
import { ordersAhead } from '../../lib/stats/scoring/orders-ahead.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';
import { cutSet } from './cut-set.ts';
import { cutShop } from './cut-shop.ts';
import { dayOf } from './daily-spend.ts';
import { realSets } from './real-sets.ts';
import { simulatedShops } from './shops-to-judge.ts';

const only = process.argv[2];
const out: any[] = [];
function rec(cut: any) {
  const { groups, actualOrders: y, weeks } = cut;
  const n = y.length;
  const us = COUNT_MODELS.map((m) => {
    const fit = fitCountModel(m, { ...cut, prior: DROP_OUT_PRIOR });
    return isUsableFit(fit)
      ? {
          ...ordersAhead(groups, { scorer: scorerOf(m, fit.parameters), weeks }),
          p: fit.parameters,
        }
      : null;
  });
  const G = us.map((a) =>
    us.map((b) => {
      if (!a || !b) return null;
      let s = 0;
      for (let i = 0; i < n; i++) s += (a.mean[i]! - y[i]) * (b.mean[i]! - y[i]);
      return s / n;
    }),
  );
  const months = new Map<number, any>();
  let A = 0,
    AV = 0;
  // money
  let occ: Float64Array | null = null;
  let gg: any = null;
  if (cut.repeatValue) {
    const idx = [...groups.frequency.keys()].filter(
      (i) => groups.frequency[i] > 0 && cut.repeatValue[i] > 0,
    );
    gg = fitGammaGamma({
      frequency: Float64Array.from(idx, (i) => groups.frequency[i]),
      meanSpend: Float64Array.from(idx, (i) => cut.repeatValue[i]),
      count: new Float64Array(idx.length).fill(1),
    });
    const { p = 0, q = 0, gamma = 0 } = gg.parameters;
    const usable = isUsableFit(gg) && gg.status !== 'infinite_mean';
    occ = groups.frequency.map((x: number, i: number) =>
      usable
        ? gammaGammaExpectedSpend({ p, q, gamma }, { frequency: x, meanSpend: cut.repeatValue[i] })
        : cut.averageValue[i],
    );
  }
  const tot = us.map(() => ({ F: 0, V: 0, S: 0 }));
  for (let i = 0; i < n; i++) {
    const mo = Math.floor(groups.age[i] / WEEKS_OF_MONTH);
    let c = months.get(mo);
    if (!c) {
      c = { A: 0, F: us.map(() => 0), V: us.map(() => 0), n: 0 };
      months.set(mo, c);
    }
    c.A += y[i];
    c.n++;
    A += y[i];
    if (occ) AV += cut.actualValue[i];
    us.forEach((u, m) => {
      if (!u) return;
      c.F[m] += u.mean[i]!;
      const v = u.meanSquare[i]! - u.mean[i]! ** 2;
      c.V[m] += v;
      tot[m]!.F += u.mean[i]!;
      tot[m]!.V += v;
      if (occ) tot[m]!.S += u.mean[i]! * occ[i]!;
    });
  }
  return {
    n,
    weeks,
    usable: us.map((u) => !!u),
    G,
    A,
    AV,
    F: tot.map((t) => t.F),
    V: tot.map((t) => t.V),
    S: tot.map((t) => t.S),
    gg: gg?.status,
    months: [...months.values()],
    params: us.map((u) => u?.p),
  };
}
if (only !== 'sim')
  for (const set of await realSets()) {
    const origins: [number, number, string][] = [[set.usualCut, set.usualDays, 'usual']];
    if (set.name === 'foundations') {
      for (let y = 2006; y <= 2014; y++)
        for (const d of [365, 730, 1095])
          if (y + d / 365 <= 2015) origins.push([dayOf(`${y}-12-31`), d, 'long']);
      for (let y = 2007; y <= 2014; y++)
        for (const d of [90, 180, 270])
          for (const m of ['03-31', '09-30']) origins.push([dayOf(`${y}-${m}`), d, 'short']);
    } else {
      for (const d of [90, 180, 270])
        for (let at = set.firstDay + 181; at + d <= set.lastDay; at += d / 2)
          origins.push([at, d, 'short']);
      if (set.name === 'grocery') origins.push([set.usualCut - 0, 365, 'long']);
    }
    for (const [at, days, kind] of origins) {
      const history = at - set.firstDay;
      const plan = planBackTest(history);
      if (!plan) continue;
      const cut = cutSet(set.spend, { at, days });
      const inner = plan.cutsDaysAgo.map((ago) =>
        rec(cutSet(set.spend, { at: at - ago, days: plan.horizonDays })),
      );
      out.push({ set: set.name, kind, at, days, h: plan.horizonDays, inner, outer: rec(cut) });
      console.log(
        set.name,
        kind,
        new Date(at * 864e5).toISOString().slice(0, 10),
        days,
        plan.horizonDays,
        inner.length,
      );
    }
  }
else
  for (const seed of [1, 2])
    for (const { name, shop, cut, end } of simulatedShops(seed, 4000)) {
      const opening = shop.firstAt.reduce((f, a) => Math.min(f, a), Infinity);
      const plan = planBackTest(Math.round((cut - opening) * 7))!;
      const inner = plan.cutsDaysAgo.map((ago) =>
        rec(cutShop(shop, { at: cut - ago / 7, weeks: plan.horizonDays / 7 })),
      );
      out.push({
        set: name,
        kind: 'sim',
        at: cut * 7,
        days: (end - cut) * 7,
        h: plan.horizonDays,
        inner,
        outer: rec(cutShop(shop, { at: cut, weeks: end - cut })),
      });
      console.log(name);
    }
writeFileSync(`/tmp/h/cache-${only ?? 'real'}.json`, JSON.stringify(out));
