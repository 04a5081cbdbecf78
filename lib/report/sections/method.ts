import { en } from '../../words/en.ts';
import { remarkWords, wordsOf } from '../../words/say.ts';
import { type Html, html } from '../html.ts';
import { numberText } from '../number-text.ts';
import type { ModelFigures, ReportContent } from '../report-content.ts';
import { table } from '../table.ts';

/** What made the predictions, with the figures of the models for those who know them. */
export function methodSection({ methods, models }: ReportContent): Html {
  return html`<section aria-labelledby="method"><h2 id="method">How the predictions were made</h2>
${table({
  caption: 'Customers by what made their prediction',
  columns: [
    { name: 'Prediction from', kind: 'text' },
    { name: 'Customers', kind: 'number' },
  ],
  rows: methods.map((row) => [wordsOf(en, 'method', row.method), numberText(row.countCustomers)]),
})}
<details><summary>Show the models and their parameters</summary>
${table({
  caption: 'Models fitted to all customers; times are in weeks',
  columns: [
    { name: 'Model', kind: 'text' },
    { name: 'Used', kind: 'text' },
    { name: 'Result', kind: 'text' },
    { name: 'Customers', kind: 'number' },
    { name: 'Parameters (± standard error)', kind: 'text' },
    { name: 'Log-likelihood', kind: 'number' },
    { name: 'Remark', kind: 'text' },
  ],
  rows: models.map((model) => [
    modelText(model.model),
    model.isUsed ? 'yes' : 'for comparison',
    wordsOf(en, 'fit_status', model.status),
    numberText(model.countCustomers),
    parametersText(model),
    numberText(model.logLikelihood, 1),
    remarkWords(en, 'note', model.note),
  ]),
})}
</details>
</section>
`;
}

function modelText(model: string): string {
  const does = model === 'gamma_gamma' ? 'how much they spend' : 'when customers buy';
  return `${wordsOf(en, 'model', model)} (${does})`;
}

function parametersText({ parameters }: ModelFigures): string {
  return parameters
    .map(({ parameter, estimate, standardError }) => {
      const error = standardError === null ? '' : ` ± ${numberText(standardError, 3)}`;
      return `${parameter} ${numberText(estimate, 3)}${error}`;
    })
    .join(', ');
}
