import { expect, test } from 'vitest';
import { commandText, programText } from '../../lib/cli/command-text.ts';
import { clientele, main, makeFolder, makeHome } from './home.ts';

const checkout = { root: '/somewhere/clientele/', isSource: true, byNpm: true };
const installed = { root: '/usr/lib/node_modules/clientele/', isSource: false, byNpm: false };

test.each([
  ['in a checkout', { ...checkout, cwd: '/somewhere/clientele' }, 'npm run -s clientele --'],
  [
    'of a checkout, from elsewhere',
    { ...checkout, cwd: '/somewhere/shop', byNpm: false },
    'node /somewhere/clientele/lib/cli/main.ts',
  ],
  [
    'of a checkout with a space in its path',
    { ...checkout, root: '/home/ann b/clientele/', cwd: '/' },
    'node "/home/ann b/clientele/lib/cli/main.ts"',
  ],
  ['installed', { ...installed, cwd: '/home/ann' }, 'clientele'],
  ['installed in a project, by npx', { ...installed, cwd: '/', byNpm: true }, 'npx clientele'],
])('the program is named as it is typed %s', (_, start, typed) => {
  expect(programText(start)).toBe(typed);
});

test('a command keeps its configuration, and quotes what a shell would part', () => {
  expect(commandText('sql', { home: 'my shop', config: "ann's $.json" }, 'select "a"')).toBe(
    `${programText()} sql --home "my shop" --config 'ann'\\''s $.json' 'select "a"'`,
  );
});

test.each([['sql', 'select 1'], ['report'], ['backtest']])(
  '%s before the first night names the command to run, which can be typed',
  (...args) => {
    const folder = makeFolder();
    makeHome(folder, 'a shop', { 'drop/orders/.keep': '' });
    const { stderr, status } = clientele(
      folder,
      args[0] as string,
      '--home',
      'a shop',
      ...args.slice(1),
    );
    expect(stderr).toMatch(/^Cannot .* a published night is required: /);
    expect(stderr.trimEnd().split('required: ')[1]).toBe(`node ${main} run --home "a shop"`);
    expect(status).toBe(3);
  },
);
