import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** What the alarms and the dashboard read: see cdk/constructs/alarms.ts. */
const metricsNamespace = 'Clientele';

export const logger = new Logger({ serviceName: 'clientele' });
export const metrics = new Metrics({ namespace: metricsNamespace, serviceName: 'clientele' });
