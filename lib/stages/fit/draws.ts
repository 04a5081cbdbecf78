/** Parameter sets behind the percentiles of single customers: each costs a scoring of all triples. */
export const COUNT_DRAWS = 20;

/** Of every draw of the night: the same figures from the same data. */
export const SEED = 1;
