import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/*
 * The report of a sample shop in a real browser: Debian's Chromium, or the one that the environment
 * variable CHROMIUM names.
 */
const main = join(import.meta.dirname, '../../lib/cli/main.ts');
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
];

let home: string;
let browser: Browser;
let report: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'clientele-browser-'));
  const args = [main, 'demo', '--customers', '600', '--home', home, '--json'];
  report = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })).report;
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: quiet });
});

afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true, force: true });
});

async function open(options: {
  readonly width: number;
  readonly media?: 'screen' | 'print';
  readonly colorScheme?: 'light' | 'dark';
}): Promise<Page> {
  const { width, media = 'screen', colorScheme = 'light' } = options;
  const page = await browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true });
  await page.emulateMedia({ media, colorScheme });
  await page.goto(`file://${report}`);
  return page;
}

/** What is wider than its own place, with a part of it cut off or to be scrolled to. */
async function cutOff(page: Page, selector: string): Promise<string[]> {
  return await page.$$eval(selector, (found) =>
    found
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent?.slice(0, 60) ?? ''),
  );
}

describe('the report', () => {
  test.each([
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
  ] as const)('has nothing that axe finds, $width px and $colorScheme', async (look) => {
    const page = await open(look);
    await page.$$eval('details', (all) => {
      for (const details of all) details.open = true;
    });
    await page.addScriptTag({ content: axe.source });
    const found = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the page's own window.
      const { violations } = await (globalThis as any).axe.run();
      return violations.map((one: { id: string; nodes: { html: string }[] }) => [
        one.id,
        one.nodes.length,
        one.nodes[0]?.html.slice(0, 200),
      ]);
    });
    expect(found).toEqual([]);
  });

  test('fits a telephone: only pictures are moved sideways, and their words stay readable', async () => {
    const page = await open({ width: 390 });
    expect(await cutOff(page, 'html, section, .scroll, table, td, th')).toEqual([]);
    const sizes = await page.$$eval('svg text', (texts) =>
      texts.map((text) => text.getBoundingClientRect().height).filter((height) => height > 0),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(8);
  });

  test('has every column on paper', async () => {
    const page = await open({ width: 718, media: 'print' });
    expect(await cutOff(page, 'html, section, .scroll, .picture, td, th')).toEqual([]);
    const edges = await page.$$eval('td, th, svg', (found) =>
      found.map((element) => element.getBoundingClientRect().right),
    );
    expect(Math.max(...edges)).toBeLessThanOrEqual(718);
  });
});
