/**
 * A log-likelihood over positive parameters: returns its value and writes the derivatives by the
 * parameters themselves (not their logarithms) into `gradient`.
 */
export type LogLikelihood = (parameters: Float64Array, gradient: Float64Array) => number;
