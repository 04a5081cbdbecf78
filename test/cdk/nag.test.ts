import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleApp } from './example-stack.ts';

afterEach(() => vi.restoreAllMocks());

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string }[];
  }[];
}

/** The rules that cdk-nag finds broken. */
function findings(app: App): string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    app.synth();
  } catch {
    // Synthesis fails where there are findings: they are in the report.
  }
  const report = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
  return (JSON.parse(report) as Report).pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName }) => ruleName),
  );
}

test('cdk-nag finds nothing that is not acknowledged', () => {
  expect(findings(exampleApp().app)).toEqual([]);
});

test('what is acknowledged is found without it, is at most eight things, and has its evidence', () => {
  const acknowledge = vi.spyOn(Validations.prototype, 'acknowledge').mockImplementation(() => {});
  const found = findings(exampleApp().app);
  const acknowledged = acknowledge.mock.calls.flat();
  expect(found.length).toBeLessThanOrEqual(8);
  // A rule is found once, however many resources break it.
  expect(found.map((rule) => rule.replace(/^AwsSolutions::/, '')).sort()).toEqual(
    [...new Set(acknowledged.map(({ id }) => id))].sort(),
  );
  for (const { reason } of acknowledged) expect(reason).toMatch(/A test (holds|lists)/);
});
