import { App } from 'aws-cdk-lib';
import { ClienteleStack, type ClienteleStackProps } from './clientele-stack.ts';

/** The app of one stack, bound to no account and region: `cdk deploy` takes those of the caller. */
export function productApp(props: Pick<ClienteleStackProps, 'deployment' | 'config' | 'bundles'>): {
  readonly app: App;
  readonly stack: ClienteleStack;
} {
  const app = new App({
    analyticsReporting: false,
    postCliContext: {
      // Access logs are let in by the bucket's policy: its owner enforces ownership, without ACLs.
      '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
      '@aws-cdk/core:checkSecretUsage': true,
      // An encrypted queue, and its key, are let be used by rules of this account alone.
      '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true,
    },
  });
  const stack = new ClienteleStack(app, props.deployment.name, {
    ...props,
    description: 'Clientele: what each customer is worth, every night',
    terminationProtection: false,
    suppressTemplateIndentation: true,
  });
  return { app, stack };
}
