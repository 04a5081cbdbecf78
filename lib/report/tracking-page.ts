import type { TopLevelSpec } from 'vega-lite';
import type { Tracking } from '../stages/fit/tracking.ts';
import { en } from '../words/en.ts';
import { wordsOf } from '../words/say.ts';
import { axisFormat } from './axis-format.ts';
import { categoryColours } from './chart.ts';
import { dayText } from './date-text.ts';
import { figure } from './figure.ts';
import { type Html, html } from './html.ts';
import { changeText, countedText, numberText } from './number-text.ts';
import { page } from './page.ts';

const ACTUAL = 'Actual';

interface Line {
  readonly name: string;
  /** One a week. */
  readonly figures: readonly number[];
}

/** The tracking plots of a back-test: actual against forecast, cumulative and by week. */
export async function renderTracking(
  tracking: Tracking,
  { champion, runId }: { readonly champion: string | null; readonly runId: string },
): Promise<string> {
  const { cutOn, countCustomers, weeks, forecasts } = tracking;
  const first = (model: string) => (model === champion ? 0 : 1);
  const lines: Line[] = [
    { name: ACTUAL, figures: weeks.map((week) => week.actual) },
    ...distinct(forecasts.toSorted((left, right) => first(left.model) - first(right.model))).map(
      ({ model, expected }) => ({
        name: wordsOf(en, 'model', model) + (model === champion ? ' (champion)' : ''),
        figures: expected,
      }),
    ),
  ];
  const intoWeeks = lines.map(({ name, figures }) => ({
    name,
    figures: figures.map((figure, week) => figure - (figures[week - 1] ?? 0)),
  }));
  return page({
    title: `Back-test of ${dayText(cutOn)}`,
    heading: 'Forecast against what customers did',
    lead: `Repeat orders of the ${countedText(countCustomers, 'customer')} known on ${dayText(cutOn)}. The models know everything up to that day and nothing after it.`,
    body: [
      html`<section aria-labelledby="end"><h2 id="end">How far off at the end</h2>
${endText(tracking, lines)}</section>`,
      html`<section aria-labelledby="tracking"><h2 id="tracking">Week by week</h2>
${await trackingFigure(tracking, {
  lines,
  title: 'Repeat orders so far',
  explains:
    'Each line adds up the repeat orders since the first customer came. Right of the dashed line is what the models had not seen.',
})}
${await trackingFigure(tracking, {
  lines: intoWeeks,
  title: 'Repeat orders by week',
  explains:
    'The same, each week by itself. Seasons and campaigns show as peaks that no model here knows of.',
})}</section>`,
    ],
    runId,
  });
}

/** Without those whose line is an earlier one's: a clock without regularity (k = 1) adds none. */
function distinct(forecasts: Tracking['forecasts']): Tracking['forecasts'] {
  const end = (forecast: Tracking['forecasts'][number]) => forecast.expected.at(-1) ?? 0;
  return forecasts.filter(
    (forecast, i) =>
      !forecasts.slice(0, i).some((earlier) => Math.abs(end(earlier) / end(forecast) - 1) < 1e-9),
  );
}

/** What was forecast of the weeks after the cut, in sentences. */
function endText({ weeks }: Tracking, lines: readonly Line[]): Html {
  const cut = weeks.findLastIndex((week) => !week.isHoldout);
  const after = ({ figures }: Line) => (figures.at(-1) ?? 0) - (figures[cut] ?? 0);
  const [actual, ...forecasts] = lines;
  const came = actual === undefined ? 0 : after(actual);
  const says = forecasts.map((line) => {
    const miss = changeText(after(line), came);
    return html`<li>${line.name}: ${numberText(after(line))}${miss === null ? '' : ` (${miss})`}</li>`;
  });
  return html`<p>${numberText(came)} repeat orders came in the ${countedText(weeks.length - 1 - cut, 'week')} after the cut. Forecast, and how far off:</p>
<ul>${says}</ul>
<p class="note">Here a model is told of each customer no more than the day of the first order, as in the papers where these pictures come from. The table of the command tells it each customer's history, so its figures differ.</p>`;
}

function trackingFigure(
  { weeks }: Tracking,
  {
    lines,
    title,
    explains,
  }: { readonly lines: readonly Line[]; readonly title: string; readonly explains: string },
): Promise<Html> {
  const names = lines.map(({ name }) => name);
  const cut = weeks.findLastIndex((week) => !week.isHoldout) + 1;
  const chart: TopLevelSpec = {
    width: 920,
    height: 320,
    layer: [
      {
        data: { values: [{ cut }] },
        mark: { type: 'rule', strokeDash: [4, 4], color: 'var(--muted)' },
        encoding: { x: { field: 'cut', type: 'quantitative' } },
      },
      {
        data: {
          // what comes last is drawn over the others: the champion, over what customers did
          values: [...lines.slice(2), ...lines.slice(0, 2)].flatMap(({ name, figures }) =>
            figures.map((figure, week) => ({ name, week: week + 1, figure })),
          ),
        },
        mark: { type: 'line', clip: true },
        encoding: {
          x: {
            field: 'week',
            type: 'quantitative',
            scale: { domain: [1, weeks.length], nice: false },
            axis: { title: 'Week', tickMinStep: 1, format: 'd' },
          },
          y: {
            field: 'figure',
            type: 'quantitative',
            axis: { title: null, format: axisFormat(lines.flatMap(({ figures }) => figures)) },
          },
          color: {
            field: 'name',
            type: 'nominal',
            scale: { domain: names, range: ['var(--ink)', ...categoryColours] },
            legend: { title: null, symbolType: 'stroke', labelLimit: 0 },
          },
          strokeWidth: {
            condition: [
              { test: { field: 'name', equal: names[1] ?? '' }, value: 3 },
              { test: { field: 'name', equal: ACTUAL }, value: 1.5 },
            ],
            value: 1,
          },
        },
      },
    ],
  };
  return figure({
    title,
    explains,
    chart,
    numbers: {
      caption: title,
      columns: [
        { name: 'Week up to', kind: 'text' },
        ...names.map((name) => ({ name, kind: 'number' as const })),
      ],
      rows: weeks.map(({ endsOn }, week) => [
        endsOn,
        ...lines.map(({ name, figures }) =>
          numberText(figures[week] ?? null, name === ACTUAL ? 0 : 1),
        ),
      ]),
    },
  });
}
