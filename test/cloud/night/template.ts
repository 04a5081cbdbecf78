import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { exampleTemplate, functionNames } from '../../cdk/example-stack.ts';

interface StateMachineProperties {
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions: Readonly<Record<string, unknown>>;
}

interface RuleProperties {
  readonly EventPattern: unknown;
}

interface QueueProperties {
  readonly RedrivePolicy: { readonly maxReceiveCount: number };
}

/** The parts of the synthesized template that a night and its drops are executed from. */
export interface DeployedParts {
  /** The definition with its placeholders filled in; the function's name is `arn:function:<name>`. */
  readonly definition: StateMachineDefinition;
  /** The same of delivery. */
  readonly delivery: StateMachineDefinition;
  /** What the queue of drops receives. */
  readonly dropPattern: unknown;
  /** How many messages a call of `ingest` is given. */
  readonly batchSize: number;
  /** After so many a message is set aside. */
  readonly maxReceiveCount: number;
}

export function deployedParts(lake: {
  readonly database: string;
  readonly workgroup: string;
  readonly bucket: string;
}): DeployedParts {
  const template = exampleTemplate();
  const machines = template.findResources('AWS::StepFunctions::StateMachine');
  const rules = template.findResources('AWS::Events::Rule');
  const values: Record<string, string> = {
    Database: lake.database,
    WorkGroup: lake.workgroup,
  };
  for (const name of functionNames) {
    values[`${name[0]?.toUpperCase()}${name.slice(1)}Function`] = `arn:function:${name}`;
  }
  const definitionOf = (machine: StateMachineProperties) =>
    JSON.parse(
      machine.DefinitionString.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined || machine.DefinitionSubstitutions[name] === undefined) {
          throw new Error(`no value for \${${name}}`);
        }
        return value;
      }),
    );
  const rule = only<RuleProperties>(rules, 'Drops');
  const mappings = template.findResources('AWS::Lambda::EventSourceMapping');
  const queues = template.findResources('AWS::SQS::Queue');
  return {
    definition: definitionOf(only<StateMachineProperties>(machines, 'Night')),
    delivery: definitionOf(only<StateMachineProperties>(machines, 'Delivery')),
    dropPattern: withBucket(rule.EventPattern, lake.bucket),
    batchSize: only<{ readonly BatchSize: number }>(mappings, 'Drops').BatchSize,
    maxReceiveCount: only<QueueProperties>(queues, 'DropsQueue').RedrivePolicy.maxReceiveCount,
  };
}

/** The one of a construct. */
function only<T>(resources: Readonly<Record<string, unknown>>, of: string): T {
  const [found, ...others] = Object.entries(resources).flatMap(([id, resource]) =>
    id.startsWith(of) ? [resource as { readonly Properties: T }] : [],
  );
  if (found === undefined || others.length > 0) throw new Error('one resource is required');
  return found.Properties;
}

/** A pattern refers to nothing but the bucket. */
function withBucket(pattern: unknown, bucket: string): unknown {
  return JSON.parse(
    JSON.stringify(pattern, (_key, value) =>
      value !== null && typeof value === 'object' && 'Ref' in value ? bucket : value,
    ),
  );
}
