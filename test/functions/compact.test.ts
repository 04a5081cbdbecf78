import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { compact } from '../../functions/compact.ts';
import { functionHandler } from '../../functions/edge/function-handler.ts';
import { compactMessage } from '../../functions/messages.ts';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { feedNames } from '../../lib/feeds/all.ts';

afterEach(() => vi.restoreAllMocks());

test('a feed whose parts cannot be compacted fails the call, after all others were looked at', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-compact-'));
  const store = openFolderStore(folder);
  const logged: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  }
  const clock = { now: () => new Date() };
  const listed: string[] = [];
  const list = vi.spyOn(store, 'list').mockImplementation((prefix) => {
    listed.push(prefix);
    if (prefix === `accepted/${feedNames[0]}/`) throw new Error('ann@example.com');
    return (async function* () {})();
  });
  const handler = functionHandler({
    parse: compactMessage.parse,
    open: async () => () => ({ store, openFileEngine, clock, scratch: folder }),
    work: compact,
  });
  const called = handler({}, { functionName: 'compact', awsRequestId: '1' } as Context);
  await expect(called).rejects.toThrow(
    `Cannot compact the loads of ${feedNames[0]}: each of their files must be readable`,
  );
  expect(listed).toEqual(feedNames.map((feed) => `accepted/${feed}/`));
  expect(logged.join('')).toContain('compacting failed');
  expect(logged.join('')).not.toContain('ann@example.com');
  list.mockRestore();
  await rm(folder, { recursive: true, force: true });
});
