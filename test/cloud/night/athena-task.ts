import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  AthenaServiceException,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';

/** An error with the name by which Step Functions knows it. */
export function taskError(name: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name });
}

/**
 * What `athena:startQueryExecution.sync` does: starts the query, waits until it ends, and answers as
 * GetQueryExecution. It starts once and leaves throttling to the state's own Retry.
 */
export async function runAthenaTask(
  client: AthenaClient,
  parameters: StartQueryExecutionCommandInput,
): Promise<unknown> {
  const started = await client
    .send(new StartQueryExecutionCommand(parameters))
    .catch((error: unknown) => {
      if (!(error instanceof AthenaServiceException)) throw error;
      throw taskError(`Athena.${error.name}`, error.message, error);
    });
  for (;;) {
    const { QueryExecution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: started.QueryExecutionId }),
    );
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return JSON.parse(JSON.stringify({ QueryExecution }));
    if (State === 'FAILED' || State === 'CANCELLED') {
      throw taskError('States.TaskFailed', StateChangeReason ?? State);
    }
    await sleep(20);
  }
}
