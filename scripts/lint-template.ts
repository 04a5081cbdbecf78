import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Checks the synthesized template (`npx cdk synth`) against CloudFormation's own schemas by cfn-lint,
 * which is fetched by pip once and kept in `.cache/cfn-lint/`. Fails on any error or warning but W3005.
 */

const version = '1.58.0';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache', 'cfn-lint');
const installed = join(cache, version);

if (!existsSync(installed)) {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const flags = ['--quiet', '--disable-pip-version-check', '--target', unfinished];
  execFileSync('python3', ['-m', 'pip', 'install', ...flags, `cfn-lint==${version}`], {
    stdio: 'inherit',
  });
  renameSync(unfinished, installed);
}

const assembly = join(root, 'cdk.out');
const templates = existsSync(assembly)
  ? readdirSync(assembly).filter((name) => name.endsWith('.template.json'))
  : [];
if (templates.length === 0) {
  throw new Error('Cannot lint: a synthesized template is required: run `npx cdk synth`.');
}
for (const template of templates) {
  const { status } = spawnSync(
    'python3',
    [
      join(installed, 'bin', 'cfn-lint'),
      // W3005: CDK makes a function wait for its whole role, which is no harm.
      ...['--ignore-checks', 'W3005', '--non-zero-exit-code', 'warning'],
      ...['--', join(assembly, template)],
    ],
    { stdio: 'inherit', env: { ...process.env, PYTHONPATH: installed } },
  );
  process.stdout.write(
    `cfn-lint ${version}: ${template}: ${status === 0 ? 'nothing' : 'findings'}\n`,
  );
  if (status !== 0) process.exitCode = 1;
}
