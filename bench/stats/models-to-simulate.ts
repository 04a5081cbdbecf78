import type { CountModel } from '../../lib/stats/models/fit.ts';

/** True parameters of the simulated shops: near those of CDNOW, with clocks for the CNBD-k. */
export const TRUTHS: readonly {
  readonly model: CountModel;
  readonly parameters: Readonly<Record<string, number>>;
}[] = [
  { model: 'bg_nbd', parameters: { r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 } },
  { model: 'mbg_nbd', parameters: { r: 0.52, alpha: 6.2, a: 0.9, b: 1.6 } },
  { model: 'pareto_nbd', parameters: { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 } },
  { model: 'bg_cnbd_k', parameters: { k: 2, r: 0.6, alpha: 3, a: 0.8, b: 2.4 } },
  { model: 'mbg_cnbd_k', parameters: { k: 3, r: 0.8, alpha: 3, a: 0.9, b: 2.5 } },
];
