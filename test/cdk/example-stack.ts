import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { parseDeployment } from '../../cdk/deployment.ts';
import { productApp } from '../../cdk/product-app.ts';
import { parseConfig } from '../../lib/config.ts';
import { bundleFolders } from '../../scripts/bundle-folders.ts';

export const functionNames = Object.values(bundleFolders).flat();

/** Folders that stand for bundles, so that a template can be made without any. */
function emptyBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bundles-'));
  for (const name of Object.keys(bundleFolders)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'README'), `stands for the bundle of ${name}\n`);
  }
  return folder;
}

/** The app as it is deployed, but for its bundles. */
export function exampleApp(deployment: unknown = { alarm_email: 'operator@example.com' }) {
  return productApp({
    deployment: parseDeployment(deployment, 'the test'),
    config: parseConfig({ time_zone: 'Europe/Paris' }),
    bundles: emptyBundles(),
  });
}

export function exampleTemplate(deployment?: unknown): Template {
  return Template.fromStack(exampleApp(deployment).stack);
}
