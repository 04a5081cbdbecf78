import type { LogLikelihood } from './log-likelihood.ts';
import type { SmoothFunction } from './minimise.ts';

/** −log-likelihood ÷ countCustomers over the logarithms of the parameters: what is minimised. */
export function inLogs(logLikelihood: LogLikelihood, countCustomers: number): SmoothFunction {
  return (logs, gradient) => {
    const parameters = logs.map(Math.exp);
    const value = logLikelihood(parameters, gradient);
    for (let i = 0; i < logs.length; i++) {
      gradient[i] = (-gradient[i]! * parameters[i]!) / countCustomers;
    }
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : -value / countCustomers;
  };
}
