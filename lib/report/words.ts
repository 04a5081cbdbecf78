/** Names that the tables use, in the words of a report. */

const purchaseModels: Readonly<Record<string, string>> = {
  bg_nbd: 'BG/NBD',
  mbg_nbd: 'MBG/NBD',
  pareto_nbd: 'Pareto/NBD',
  bg_cnbd_k: 'BG/CNBD-k',
  mbg_cnbd_k: 'MBG/CNBD-k',
};

/** Of what stands behind the + of a method, whichever purchase model stands before it. */
const spendMethods: Readonly<Record<string, string>> = {
  gamma_gamma: 'Models of when each customer buys and how much they spend',
  mean_spend: 'Model of when each customer buys, with the mean spend of their group',
};

const methods: Readonly<Record<string, string>> = {
  base_group_mean: 'Mean of the customers who came the same way, for want of a model',
  simple_formula: 'Average order × orders a year: too little history for more',
  no_order: 'Never ordered: no prediction',
};

/** `potential_loyalists` as `Potential loyalists`. */
export function segmentWords(segment: string): string {
  const text = segment.replaceAll('_', ' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `mbg_nbd` as `MBG/NBD`. */
export function purchaseModelWords(model: string): string {
  return purchaseModels[model] ?? segmentWords(model);
}

export function modelWords(model: string): string {
  return model === 'gamma_gamma'
    ? 'Gamma-Gamma (how much they spend)'
    : `${purchaseModelWords(model)} (when customers buy)`;
}

export function methodWords(method: string): string {
  const [, spend] = method.split('+');
  return spendMethods[spend ?? ''] ?? methods[method] ?? segmentWords(method);
}
