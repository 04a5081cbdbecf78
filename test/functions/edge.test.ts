import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { handler as beginHandler } from '../../functions/begin.ts';
import { tellable } from '../../functions/edge/failure.ts';
import { functionHandler } from '../../functions/edge/function-handler.ts';
import { beginMessage, renderMessage } from '../../functions/messages.ts';
import { AuditError, EngineError } from '../../lib/errors.ts';

const context = { functionName: 'test', awsRequestId: '1' } as Context;
let logged: string[];

beforeEach(() => {
  logged = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  }
});
afterEach(() => vi.restoreAllMocks());

function failingWith(error: unknown) {
  return functionHandler({
    parse: (event) => event,
    open: async () => ({}),
    work: async () => {
      throw error;
    },
  });
}

test('an error of ours keeps its name, by which Step Functions retries, and its message', async () => {
  const failed = failingWith(new AuditError('Cannot publish run 1: …'))({}, context);
  await expect(failed).rejects.toMatchObject({
    name: 'AuditError',
    message: 'Cannot publish run 1: …',
  });
});

test('the cause of an error, which may quote a row, reaches neither the answer nor the log', async () => {
  const cause = new Error('Conversion Error: ann@example.com');
  const failed = failingWith(new EngineError('Cannot write table x', { cause }))({}, context);
  const error = await failed.catch((caught: unknown) => caught);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('ann@');
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join('\n')).not.toContain('ann@');
});

test('of a foreign error only its kind and its place are told', () => {
  const told = tellable(new RangeError('ann@example.com is out of range'));
  expect(told.name).toBe('RangeError');
  expect(told.message).toBe('An unexpected RangeError.');
  expect(told.stack).not.toContain('ann@');
  expect(told.stack).toContain('edge.test.ts');
});

test('a message of the wrong form is told by its places, not by its values', () => {
  const { error } = z.strictObject({ a: z.int() }).safeParse({ a: 'ann@example.com', b: 1 });
  expect(tellable(error).message).toMatch(/^Cannot read the message: .*a: invalid_type/);
  expect(tellable(error).message).not.toContain('ann@');
});

test('services are opened once, and again after opening has failed', async () => {
  const open = vi
    .fn(async () => ({ name: 'services' }))
    .mockRejectedValueOnce(new EngineError('Cannot open'));
  const handler = functionHandler({
    parse: (event) => event,
    open,
    work: async ({ name }) => name,
  });
  await expect(handler({}, context)).rejects.toThrow('Cannot open');
  expect(await handler({}, context)).toBe('services');
  expect(await handler({}, context)).toBe('services');
  expect(open).toHaveBeenCalledTimes(2);
});

test('a function without its environment says which variables it needs', async () => {
  await expect(beginHandler({ execution: 'a', input: {} }, context)).rejects.toThrow(/BUCKET/);
});

test('a night is started with what it knows and nothing else', () => {
  expect(beginMessage.safeParse({ execution: 'a', input: { as_of: '2026-01-31' } }).success).toBe(
    true,
  );
  expect(beginMessage.safeParse({ execution: 'a', input: { asof: '2026-01-31' } }).success).toBe(
    false,
  );
  expect(beginMessage.safeParse({ execution: 'a', input: { as_of: '31.1.2026' } }).success).toBe(
    false,
  );
});

test('a step and a run are named by letters, digits and signs that SQL and keys can hold', () => {
  const message = { run_id: '2026-01-31-1', step: 'customer', round: null };
  expect(renderMessage.safeParse(message).success).toBe(true);
  expect(renderMessage.safeParse({ ...message, run_id: "1' or 'a" }).success).toBe(false);
  expect(renderMessage.safeParse({ ...message, step: '../x' }).success).toBe(false);
});
