import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { escapeHtml, type Html, trustedHtml } from './html.ts';

/**
 * Colours are variables of the page's style, so that charts follow light and dark. Ordinal scales
 * take them as they are; no scale may interpolate between them.
 */
const config = {
  background: 'transparent',
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  padding: 4,
  autosize: { type: 'fit', contains: 'padding' },
  view: { stroke: null },
  axis: {
    labelColor: 'var(--muted)',
    titleColor: 'var(--muted)',
    domainColor: 'var(--line)',
    tickColor: 'var(--line)',
    gridColor: 'var(--line)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  axisX: { grid: false, labelAngle: 0, ticks: false, labelPadding: 6 },
  axisY: { domain: false, ticks: false, tickCount: 4, labelPadding: 6 },
  legend: {
    labelColor: 'var(--ink)',
    titleColor: 'var(--muted)',
    orient: 'top',
    labelFontSize: 12,
    symbolType: 'square',
  },
  mark: { color: 'var(--c1)' },
  text: { fontSize: 12 },
  aria: false,
} as const;

/** Colours for kinds of things, in the order they are given out. */
export const categoryColours = [
  'var(--c1)',
  'var(--c2)',
  'var(--c3)',
  'var(--c4)',
  'var(--c5)',
  'var(--c6)',
] as const;

/** Colours from little to much. */
export const rampColours = [
  'var(--r1)',
  'var(--r2)',
  'var(--r3)',
  'var(--r4)',
  'var(--r5)',
] as const;

/** What Vega says of each mark, shapes without words: the whole picture is told in one sentence. */
const ofMarks = / role="graphics-[a-z]+"| aria-roledescription="[^"]*"| aria-label="[^"]*"/g;

/** Draws a Vega-Lite picture as SVG text. `says` is what a reader who cannot see it is told. */
export async function drawChart(spec: TopLevelSpec, says: string): Promise<Html> {
  const { spec: compiled } = compile({ ...spec, config } as TopLevelSpec);
  const view = new View(parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const told = `<svg role="img" aria-label="${escapeHtml(says)}" `;
  return trustedHtml(svg.replaceAll(ofMarks, '').replace('<svg ', told));
}
