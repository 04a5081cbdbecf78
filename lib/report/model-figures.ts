import type { ReportContent } from './report-content.ts';

export interface ModelFigures {
  readonly model: string;
  /** Whether the published figures come from it; the others are fitted for comparison. */
  readonly isUsed: boolean;
  /** A row a parameter, in the order in which the papers name them; at least one. */
  readonly parameters: readonly [ModelRow, ...ModelRow[]];
}

type ModelRow = ReportContent['models'][number];

const parameterOrder = ['r', 'alpha', 'a', 'b', 's', 'beta', 'k', 'p', 'q', 'gamma'];

/** The rows of `model_fit` by model. */
export function modelFigures({ models, methods }: ReportContent): ModelFigures[] {
  const place = ({ parameter }: ModelRow) => parameterOrder.indexOf(parameter);
  return [...Map.groupBy(models, ({ model }) => model)].map(([model, rows]) => ({
    model,
    isUsed: methods.some(({ method }) => method.split('+').includes(model)),
    parameters: rows.toSorted((a, b) => place(a) - place(b)) as [ModelRow, ...ModelRow[]],
  }));
}
