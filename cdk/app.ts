import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../lib/config.ts';
import { ConfigurationError } from '../lib/errors.ts';
import { readDeployment } from './deployment.ts';
import { productApp } from './product-app.ts';

const settingsFile = 'clientele.config.json';
const bundles = fileURLToPath(new URL('../.bundle', import.meta.url));

if (!existsSync(bundles)) {
  throw new ConfigurationError(
    'Cannot synthesize: the bundles of the functions are required: run `npm run bundle` once.',
  );
}
const settings = existsSync(settingsFile) ? readFileSync(settingsFile, 'utf8') : '{}';
productApp({
  deployment: readDeployment('clientele.deployment.json'),
  config: loadConfig(settings, settingsFile),
  bundles,
}).app.synth();
