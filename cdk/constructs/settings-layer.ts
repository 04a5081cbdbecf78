import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Config } from '../../lib/config.ts';

/** Where functions find the configuration. */
export const settingsPath = '/opt/clientele.config.json';

/** The configuration as a layer: a changed setting is a small upload and no new bundle. */
export function settingsLayer(scope: Construct, config: Config): LayerVersion {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-settings-'));
  writeFileSync(join(folder, 'clientele.config.json'), `${JSON.stringify(config, null, 2)}\n`);
  return new LayerVersion(scope, 'Settings', {
    description: 'clientele.config.json',
    code: Code.fromAsset(folder),
  });
}
