import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { allTables } from '../../lib/tables/all.ts';
import { exampleTemplate } from './example-stack.ts';

const template = exampleTemplate();

/** Properties of every resource of a type, which has some. */
function all(type: string): Record<string, never>[] {
  const found = Object.values(template.findResources(type)).map(({ Properties }) => Properties);
  expect(found.length, type).toBeGreaterThan(0);
  return found;
}

test('all buckets refuse the public, lists of access, and what is not sent over TLS', () => {
  expect(all('AWS::S3::Bucket')).toHaveLength(3);
  for (const bucket of all('AWS::S3::Bucket')) {
    expect(bucket).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  }
  expect(all('AWS::S3::BucketPolicy')).toHaveLength(3);
  for (const { PolicyDocument } of all('AWS::S3::BucketPolicy')) {
    expect(JSON.stringify(PolicyDocument)).toContain(
      '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
    );
  }
});

test('the lake is encrypted with a key of its own that rotates, keeps versions, and logs access', () => {
  template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LakeKey'), 'Arn'] },
          },
        },
      ],
    },
    VersioningConfiguration: { Status: 'Enabled' },
    LoggingConfiguration: { LogFilePrefix: 'lake/' },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  });
});

test('unfinished uploads and replaced objects go away in time', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    VersioningConfiguration: Match.anyValue(),
    LifecycleConfiguration: {
      Rules: Match.arrayWith([
        Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
        Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
      ]),
    },
  });
});

test('no life-cycle takes away what was dropped, accepted or published', () => {
  const rules = all('AWS::S3::Bucket').flatMap(
    (bucket) =>
      (bucket as never as { LifecycleConfiguration: { Rules: Rule[] } }).LifecycleConfiguration
        .Rules,
  );
  const expiring = rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
  // The log of access and the answers of queries, each in a bucket of its own.
  expect(expiring.map(({ ExpirationInDays }) => ExpirationInDays)).toEqual([365, 14]);
  for (const [id, { Properties }] of Object.entries(template.findResources('AWS::S3::Bucket'))) {
    const expires = JSON.stringify(Properties).includes('"ExpirationInDays"');
    expect(expires, id).toBe(/^(LakeAccessLogs|ResultsBucket)/.test(id));
  }
});

interface Rule {
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
}

test('queries answer into a bucket of their own, which keeps no versions and forgets', () => {
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    WorkGroupConfiguration: {
      ResultConfiguration: {
        OutputLocation: {
          'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('^ResultsBucket') }, '/']],
        },
      },
    },
  });
  const [results] = Object.entries(template.findResources('AWS::S3::Bucket')).flatMap(
    ([id, { Properties }]) => (id.startsWith('ResultsBucket') ? [Properties] : []),
  );
  expect(results?.VersioningConfiguration).toBeUndefined();
  expect(results).toMatchObject({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
      ],
    },
    LoggingConfiguration: { LogFilePrefix: 'results/' },
    LifecycleConfiguration: {
      Rules: [{ ExpirationInDays: 14, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
    },
  });
});

test('buckets and key outlive the stack', () => {
  for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key']) {
    for (const { DeletionPolicy } of Object.values(template.findResources(type))) {
      expect(DeletionPolicy).toBe('Retain');
    }
  }
});

test('queues and topic are encrypted and refuse what is not sent over TLS', () => {
  for (const queue of all('AWS::SQS::Queue')) expect(queue.KmsMasterKeyId).toBeDefined();
  for (const topic of all('AWS::SNS::Topic')) expect(topic.KmsMasterKeyId).toBeDefined();
  for (const type of ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']) {
    for (const { PolicyDocument } of all(type)) {
      expect(JSON.stringify(PolicyDocument)).toContain('"aws:SecureTransport":"false"');
    }
  }
  expect(all('AWS::SQS::QueuePolicy')).toHaveLength(all('AWS::SQS::Queue').length);
});

test('logs are encrypted and end after a time', () => {
  for (const log of all('AWS::Logs::LogGroup')) {
    expect(log).toMatchObject({ RetentionInDays: 90, KmsKeyId: expect.anything() });
  }
  expect(all('AWS::Logs::LogGroup')).toHaveLength(11);
});

test('functions run on the same Node as the tests, on arm64, with environment encrypted', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(9);
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({
      Runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
      Architectures: ['arm64'],
      KmsKeyArn: expect.anything(),
      LoggingConfig: { LogGroup: expect.anything() },
    });
  }
});

test('a dropped file reaches ingest through a queue that waits six times as long as it may take', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'drop/' }] } },
    },
    Targets: [{ DeadLetterConfig: Match.anyValue() }],
  });
  // Of several in a call, those that are done would come back with one that never ends.
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 1 });
  const ingest = all('AWS::Lambda::Function').find(({ Description }) =>
    String(Description).endsWith('ingest'),
  );
  const queue = all('AWS::SQS::Queue').find(({ RedrivePolicy }) => RedrivePolicy !== undefined);
  expect(Number(queue?.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * Number(ingest?.Timeout));
  expect(queue?.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
});

test('queues and their key take nothing of EventBridge but what rules of this account send', () => {
  const ofEvents = (statements: readonly Statement[]) =>
    statements.filter(({ Principal }) => Principal.Service === 'events.amazonaws.com');
  const account = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
  const ofRule = (id: string) => ({
    'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(id), 'Arn'] },
  });
  const queues = Object.entries(template.findResources('AWS::SQS::QueuePolicy')).map(
    ([id, { Properties }]) => [id, ofEvents(Properties.PolicyDocument.Statement)] as const,
  );
  const conditions = (queue: RegExp) =>
    queues
      .find(([id]) => queue.test(id))?.[1]
      .map(({ Effect, Condition }) => ({ Effect, Condition }));
  expect(queues).toHaveLength(3);
  expect(conditions(/^DropsQueue/)).toEqual([
    { Effect: 'Allow', Condition: account },
    { Effect: 'Deny', Condition: { ArnNotEquals: ofRule('^DropsDropped') } },
  ]);
  expect(conditions(/^DropsDeadLetters/)).toEqual([
    { Effect: 'Allow', Condition: { ArnEquals: ofRule('^DropsDropped') } },
  ]);
  expect(conditions(/^NightMissedStarts/)).toEqual([
    { Effect: 'Allow', Condition: { ArnEquals: ofRule('^DeliveryPublished') } },
  ]);
  const onKeys = all('AWS::KMS::Key').flatMap(({ KeyPolicy }) =>
    ofEvents((KeyPolicy as never as { readonly Statement: readonly Statement[] }).Statement),
  );
  expect(onKeys.length).toBeGreaterThan(0);
  for (const { Condition } of onKeys) expect(Condition).toEqual(account);
});

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly Service?: unknown };
  readonly Condition?: unknown;
}

test('small loads are compacted once an hour, by a function that no dropped file waits for', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(1 hour)',
    Target: {
      Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CompactionCompactFunction'), 'Arn'] },
      Input: '{}',
      DeadLetterConfig: Match.anyValue(),
    },
  });
  const [mapping, ...others] = all('AWS::Lambda::EventSourceMapping');
  expect(others).toEqual([]);
  expect(JSON.stringify(mapping?.FunctionName)).toContain('DropsIngestFunction');
});

test('ingest has room on its disk for four times the largest file it reads', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Clientele: ingest',
    EphemeralStorage: { Size: 10_240 },
  });
});

test('the night starts in the business time zone and a start that fails is set aside', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(30 4 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Paris',
    Target: {
      Input: '{"scheduled_at":"<aws.scheduler.scheduled-time>"}',
      DeadLetterConfig: {
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NightMissedStarts'), 'Arn'] },
      },
    },
  });
});

test('a publication starts a delivery, and a start that fails is set aside', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: ['published/latest.json'] } },
    },
    Targets: [
      {
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DeliveryStateMachine'), 'Arn'] },
        Input: '{}',
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NightMissedStarts'), 'Arn'] },
        },
      },
    ],
  });
});

test('what is kept too long is ended once a week, by day', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 15 ? * SUN *)',
    ScheduleExpressionTimezone: 'Europe/Paris',
    Target: {
      Input: '{"published_days":1095,"unpublished_days":15}',
      DeadLetterConfig: Match.anyValue(),
    },
  });
});

test('executions are logged without their data, and traced', () => {
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    TracingConfiguration: { Enabled: true },
  });
});

test('every name that the definition leaves open is filled in', () => {
  const machines = all('AWS::StepFunctions::StateMachine') as never as {
    DefinitionString: string;
    DefinitionSubstitutions: Record<string, unknown>;
  }[];
  expect(machines).toHaveLength(2);
  for (const { DefinitionString, DefinitionSubstitutions } of machines) {
    const open = [...DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect([...new Set(open)].sort()).toEqual(Object.keys(DefinitionSubstitutions).sort());
    expect(DefinitionString.length).toBeLessThan(1_000_000);
  }
});

test('the workgroup is enforced, encrypted, and ends a query that scans too much', () => {
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 100_000_000_000,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: Match.anyValue() },
      },
    },
  });
});

test.each(allTables)('$name stands in the catalogue as its contract says', (contract) => {
  const table = all('AWS::Glue::Table').find(
    ({ TableInput }) => (TableInput as never as { Name: string }).Name === contract.name,
  )?.TableInput as never as {
    StorageDescriptor: { Columns: { Name: string; Type: string; Comment: string }[] };
    PartitionKeys: unknown[];
  };
  const columns = table.StorageDescriptor.Columns;
  expect(columns.map(({ Name }) => Name)).toEqual(Object.keys(contract.columns));
  for (const { Name, Comment } of columns) {
    expect(Comment, Name).toBe(contract.columns[Name]?.comment);
    expect(Comment.length, Name).toBeLessThanOrEqual(255);
  }
  expect(JSON.stringify(table.StorageDescriptor)).toContain(`/${contract.storage.folder}/"`);
  expect(table.PartitionKeys).toEqual(
    contract.storage.kind === 'run'
      ? [
          { Name: 'snapshot_on', Type: 'date' },
          { Name: 'run_id', Type: 'string' },
        ]
      : [],
  );
});

test('another name makes a stack that shares nothing with the first', () => {
  const other = exampleTemplate({ name: 'Second' });
  other.hasResourceProperties('AWS::Athena::WorkGroup', { Name: 'second' });
  other.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'second' } });
  expect(JSON.stringify(other.toJSON())).not.toContain('table/clientele/');
});
