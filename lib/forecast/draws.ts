/** Parameter sets of a model: behind the spread of totals, and at most behind that of customers. */
export const COUNT_DRAWS = 20;

/** Sets that a model of the stack has at least behind the percentiles of single customers. */
export const FEWEST_DRAWS = 4;

/** Of every draw of the night: the same figures from the same data. */
export const SEED = 1;
