import { bgNbdExpectedOrdersOfNew } from './bg-nbd.ts';
import { cnbdExpectedOrdersOfNew } from './cnbd-k.ts';
import type { CountModel } from './fit.ts';
import { mbgNbdExpectedOrdersOfNew } from './mbg-nbd.ts';
import { paretoNbdExpectedOrdersOfNew } from './pareto-nbd.ts';

/**
 * E[X(weeks)]: repeat orders of a customer who has just ordered for the first time and of whom
 * nothing else is known, under any model, with the parameters of its fit.
 */
export function expectedOrdersOfNew(
  model: CountModel,
  {
    parameters,
    weeks,
  }: { readonly parameters: Readonly<Record<string, number>>; readonly weeks: number },
): number {
  const at = parameters as never;
  switch (model) {
    case 'bg_nbd':
      return bgNbdExpectedOrdersOfNew(at, weeks);
    case 'mbg_nbd':
      return mbgNbdExpectedOrdersOfNew(at, weeks);
    case 'pareto_nbd':
      return paretoNbdExpectedOrdersOfNew(at, weeks);
    case 'bg_cnbd_k':
      return cnbdExpectedOrdersOfNew(at, { variant: 'bg', weeks });
    case 'mbg_cnbd_k':
      return cnbdExpectedOrdersOfNew(at, { variant: 'mbg', weeks });
  }
}
