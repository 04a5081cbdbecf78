import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aws, deployedStack } from './stack.ts';

const patienceMs = 10 * 60_000;

interface History {
  readonly events: readonly {
    readonly type: string;
    readonly taskStartFailedEventDetails?: { readonly cause?: string };
    readonly taskSubmitFailedEventDetails?: { readonly cause?: string };
    readonly taskSucceededEventDetails?: { readonly resourceType: string };
  }[];
}

/**
 * Athena looks at the bucket of results with the rights of the role that starts the query, before
 * it runs anything: "Unable to verify/create output bucket" ends every night, and no stand-in knows.
 */
test('Athena takes the first query of an execution, and lets its answer into the bucket of results', async () => {
  const { stateMachine } = await deployedStack();
  const { executionArn } = await aws<{ readonly executionArn: string }>(
    ...['stepfunctions', 'start-execution', '--state-machine-arn', stateMachine],
    ...['--input', JSON.stringify({ as_of: '2025-06-30' })],
  );
  try {
    expect(await outcomeOf(executionArn)).toBe('succeeded');
  } finally {
    await aws('stepfunctions', 'stop-execution', '--execution-arn', executionArn);
  }
});

/** What became of the first query: `succeeded`, or why it could not. */
async function outcomeOf(executionArn: string): Promise<string> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(5_000)) {
    const { events } = await aws<History>(
      ...['stepfunctions', 'get-execution-history', '--execution-arn', executionArn],
    );
    for (const event of events) {
      if (event.taskSucceededEventDetails?.resourceType === 'athena') return 'succeeded';
      const failed = event.taskStartFailedEventDetails ?? event.taskSubmitFailedEventDetails;
      if (failed !== undefined) return failed.cause ?? event.type;
      if (/^Execution(Failed|TimedOut|Aborted|Succeeded)$/.test(event.type)) return event.type;
    }
  }
  return 'no query was started';
}
