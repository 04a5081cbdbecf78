import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { tellFailure } from './failure.ts';
import { logger, metrics } from './telemetry.ts';

export interface FunctionOptions<Message, Services, Result> {
  /** Fails when the event is not of its form. */
  readonly parse: (event: unknown) => Message;
  /** Opens the adapters, once a container. */
  readonly open: () => Promise<Services>;
  readonly work: (services: Services, message: Message, context: Context) => Promise<Result>;
  /** Whether it adds metrics; those that add none would be warned of it at every call. */
  readonly addsMetrics?: boolean;
}

/** The one chain of every function: log, metrics, failures without personal data, parse, work. */
export function functionHandler<Message, Services, Result>(
  options: FunctionOptions<Message, Services, Result>,
) {
  let opened: Promise<Services> | undefined;
  async function services(): Promise<Services> {
    opened ??= options.open();
    return await opened.catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
  }
  return middy<unknown, Result>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(options.addsMetrics === true ? logMetrics(metrics) : [])
    .use(tellFailure(logger))
    .handler(async (event, context) =>
      options.work(await services(), options.parse(event), context as Context),
    );
}
