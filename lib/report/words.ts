/** Names that the tables use, in the words of a report. */

const models: Readonly<Record<string, string>> = {
  bg_nbd: 'BG/NBD (when customers buy)',
  mbg_nbd: 'MBG/NBD (when customers buy)',
  pareto_nbd: 'Pareto/NBD (when customers buy)',
  bg_cnbd_k: 'BG/CNBD-k (when customers buy)',
  mbg_cnbd_k: 'MBG/CNBD-k (when customers buy)',
  gamma_gamma: 'Gamma-Gamma (how much they spend)',
};

const methods: Readonly<Record<string, string>> = {
  'mbg_nbd+gamma_gamma': 'Models of when each customer buys and how much they spend',
  'mbg_nbd+mean_spend': 'Model of when each customer buys, with the mean spend of their group',
  base_group_mean: 'Mean of the customers who came the same way, for want of a model',
  simple_formula: 'Average order × orders a year: too little history for more',
  no_order: 'Never ordered: no prediction',
};

/** `potential_loyalists` as `Potential loyalists`. */
export function segmentWords(segment: string): string {
  const text = segment.replaceAll('_', ' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function modelWords(model: string): string {
  return models[model] ?? segmentWords(model);
}

export function methodWords(method: string): string {
  return methods[method] ?? segmentWords(method);
}
