import { type Html, html } from '../html.ts';
import { type ModelFigures, modelFigures } from '../model-figures.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import type { Writer } from '../writer.ts';

/** What made the predictions, with the figures of the models for those who know them. */
export function methodSection(content: ReportContent, writer: Writer): Html {
  const { code, number, notes } = writer;
  const words = writer.words.method;
  return html`<section aria-labelledby="method"><h2 id="method">${words.heading}</h2>
${table({
  caption: words.caption,
  columns: [
    { name: words.from, kind: 'text' },
    { name: words.customers, kind: 'number' },
  ],
  rows: content.methods.map((row) => [code('method', row.method), number(row.count_customers)]),
})}
<details><summary>${words.showModels}</summary>
${table({
  caption: words.modelsCaption,
  columns: [
    { name: words.model, kind: 'text' },
    { name: words.used, kind: 'text' },
    { name: words.result, kind: 'text' },
    { name: words.customers, kind: 'number' },
    { name: words.parameters, kind: 'text' },
    { name: words.logLikelihood, kind: 'number' },
    { name: words.remark, kind: 'text' },
  ],
  rows: modelFigures(content).map(({ model, isUsed, parameters }) => [
    model === 'gamma_gamma'
      ? words.spendModel(code('model', model))
      : words.purchaseModel(code('model', model)),
    isUsed ? words.isUsed : words.isCompared,
    code('fit_status', parameters[0].status),
    number(parameters[0].count_customers),
    parametersText(parameters, writer),
    number(parameters[0].log_likelihood, 1),
    notes(parameters[0].note),
  ]),
})}
</details>
</section>
`;
}

function parametersText(parameters: ModelFigures['parameters'], { number }: Writer): string {
  return parameters
    .map(({ parameter, estimate, standard_error }) => {
      const error = standard_error === null ? '' : ` ± ${number(standard_error, 3)}`;
      return `${parameter} ${number(estimate, 3)}${error}`;
    })
    .join(', ');
}
