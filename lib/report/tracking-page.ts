import type { TopLevelSpec } from 'vega-lite';
import type { Tracking } from '../stages/fit/tracking.ts';
import type { Words } from '../words/words.ts';
import { axisFormat } from './axis-format.ts';
import { categoryColours } from './chart.ts';
import { figure } from './figure.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';
import { type Writer, writerOf } from './writer.ts';

interface TrackingOptions {
  readonly champion: string | null;
  readonly runId: string;
  readonly words: Words;
}

interface Line {
  readonly name: string;
  /** One a week. */
  readonly figures: readonly number[];
}

/** The tracking plots of a back-test: actual against forecast, cumulative and by week. */
export async function renderTracking(
  tracking: Tracking,
  { champion, runId, words }: TrackingOptions,
): Promise<string> {
  const writer = writerOf(words, '');
  const own = words.tracking;
  const { cutOn, countCustomers, weeks, forecasts } = tracking;
  const first = (model: string) => (model === champion ? 0 : 1);
  const nameOf = (model: string) => {
    const name = writer.code('model', model);
    return model === champion ? own.champion(name) : name;
  };
  const lines: Line[] = [
    { name: own.actual, figures: weeks.map((week) => week.actual) },
    ...distinct(forecasts.toSorted((left, right) => first(left.model) - first(right.model))).map(
      ({ model, expected }) => ({
        name: nameOf(model),
        figures: expected,
      }),
    ),
  ];
  const intoWeeks = lines.map(({ name, figures }) => ({
    name,
    figures: figures.map((figure, week) => figure - (figures[week - 1] ?? 0)),
  }));
  return page(words, {
    title: own.title(writer.day(cutOn)),
    heading: own.heading,
    lead: own.lead(writer.counted(countCustomers, 'customer'), writer.day(cutOn)),
    body: [
      html`<section aria-labelledby="end"><h2 id="end">${own.atTheEnd}</h2>
${endText(tracking, lines, writer)}</section>`,
      html`<section aria-labelledby="tracking"><h2 id="tracking">${own.weekByWeek}</h2>
${await trackingFigure(tracking, writer, {
  lines,
  title: own.soFar,
  explains: own.soFarExplains,
})}
${await trackingFigure(tracking, writer, {
  lines: intoWeeks,
  title: own.byWeek,
  explains: own.byWeekExplains,
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
function endText({ weeks }: Tracking, lines: readonly Line[], writer: Writer): Html {
  const words = writer.words.tracking;
  const cut = weeks.findLastIndex((week) => !week.isHoldout);
  const after = ({ figures }: Line) => (figures.at(-1) ?? 0) - (figures[cut] ?? 0);
  const [actual, ...forecasts] = lines;
  const came = actual === undefined ? 0 : after(actual);
  const says = forecasts.map((line) => {
    const miss = writer.change(after(line), came);
    const forecast = words.forecast(line.name, writer.number(after(line)));
    return html`<li>${miss === null ? forecast : `${forecast} (${miss})`}</li>`;
  });
  return html`<p>${words.came(writer.number(came), writer.counted(weeks.length - 1 - cut, 'week'))}</p>
<ul>${says}</ul>
<p class="note">${words.note}</p>`;
}

function trackingFigure(
  { weeks }: Tracking,
  writer: Writer,
  {
    lines,
    title,
    explains,
  }: { readonly lines: readonly Line[]; readonly title: string; readonly explains: string },
): Promise<Html> {
  const words = writer.words.tracking;
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
            axis: { title: words.week, tickMinStep: 1, format: 'd' },
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
              { test: { field: 'name', equal: words.actual }, value: 1.5 },
            ],
            value: 1,
          },
        },
      },
    ],
  };
  return figure(writer, {
    title,
    explains,
    chart,
    numbers: {
      caption: title,
      columns: [
        { name: words.weekUpTo, kind: 'text' },
        ...names.map((name) => ({ name, kind: 'number' as const })),
      ],
      rows: weeks.map(({ endsOn }, week) => [
        endsOn,
        ...lines.map(({ name, figures }) =>
          writer.number(figures[week] ?? null, name === words.actual ? 0 : 1),
        ),
      ]),
    },
  });
}
