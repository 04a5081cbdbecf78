import { expect, test } from 'vitest';
import { allTables } from '../../lib/tables/all.ts';
import { exampleTemplate } from './example-stack.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: { readonly AWS?: unknown };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Policy {
  readonly Statement: readonly Statement[];
}

const template = exampleTemplate();
const bucketPolicy = Object.values(template.findResources('AWS::S3::BucketPolicy'))
  .map(({ Properties }) => Properties)
  .find(({ Bucket }) => JSON.stringify(Bucket).includes('LakeBucket'))?.PolicyDocument as Policy;
/** What does not fit into the policy of a role, CDK puts into a second one. */
const rolePolicies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
  Object.entries(template.findResources(type)),
) as unknown as [string, { readonly Properties: { readonly PolicyDocument: Policy } }][];

/** Roles of the functions that make keys. */
const secretReaders = ['DropsIngestRole', 'DeliveryDeliverRole'];

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Keys of the lake that a role may use in one way, such as `runs/*`. */
function keys(role: string, action: string): string[] {
  return bucketPolicy.Statement.filter(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      listOf(Action).includes(action) &&
      JSON.stringify(Principal).includes(role),
  )
    .flatMap(({ Resource }) => listOf(Resource))
    .map((resource) => /"\/([^"]+)"/.exec(JSON.stringify(resource))?.[1] ?? 'the bucket')
    .sort();
}

test.each([
  [
    'DropsIngestRole',
    ['accepted/*', 'compaction/*', 'drop/*', 'keys/fingerprint.json', 'load/*', 'pseudonym/*'],
  ],
  ['NightFunctionsBeginRole', ['published/latest.json', 'runs/*', 'sent/*']],
  ['NightFunctionsRenderRole', ['runs/*']],
  ['NightFunctionsSealRole', ['results/*', 'runs/*', 'tables/*']],
  ['NightFunctionsComputeRole', ['load/*', 'results/*', 'runs/*', 'tables/*']],
  [
    'NightFunctionsPublishRole',
    ['delivery/*', 'load/*', 'published/*', 'quarantine/*', 'results/*', 'runs/*', 'tables/*'],
  ],
  [
    'NightStateMachineRole',
    [
      ...['accepted/*', 'compaction/*', 'delivery/*', 'load/*', 'pseudonym/*', 'results/*'],
      ...['tables/*', 'withdrawal/*'],
    ],
  ],
  [
    'DeliveryDeliverRole',
    [
      'keys/fingerprint.json',
      'published/latest.json',
      'results/*',
      'runs/*',
      'sent/*',
      'tables/audience_change/*',
      'tables/audience_member/*',
      'tables/segment_profile/*',
    ],
  ],
  ['DeliveryStateMachineRole', []],
  ['RetirementRetireRole', ['compaction/*', 'published/latest.json', 'results/*', 'sent/*']],
])('%s reads what it needs and no more', (role, expected) => {
  expect(keys(role, 's3:GetObject')).toEqual(expected);
});

test.each([
  [
    'DropsIngestRole',
    [
      ...['accepted/*', 'compaction/*', 'delivery/*', 'keys/fingerprint.json', 'load/*'],
      ...['pseudonym/*', 'quarantine/*'],
    ],
  ],
  ['NightFunctionsBeginRole', ['runs/*']],
  ['NightFunctionsRenderRole', []],
  ['NightFunctionsSealRole', ['results/*', 'runs/*']],
  ['NightFunctionsComputeRole', ['results/*', 'runs/*', 'tables/*']],
  [
    'NightFunctionsPublishRole',
    ['published/*', 'reports/*', 'results/*', 'runs/*', 'tables/run/*'],
  ],
  ['DeliveryDeliverRole', ['audiences/*', 'results/*', 'sent/*']],
  ['NightStateMachineRole', ['results/*', 'tables/*']],
  ['RetirementRetireRole', ['published/latest.json', 'results/*']],
])('%s writes what it makes and no more', (role, expected) => {
  expect(keys(role, 's3:PutObject')).toEqual(expected);
});

test('nobody deletes what was dropped, and retiring alone what was accepted, once it is compacted', () => {
  const deleting = bucketPolicy.Statement.filter(({ Action }) =>
    listOf(Action).includes('s3:DeleteObject'),
  );
  expect(deleting.flatMap(({ Resource }) => listOf(Resource)).length).toBe(7);
  expect(keys('RetirementRetireRole', 's3:DeleteObject')).toEqual([
    'accepted/*',
    'pseudonym/*',
    'tables/*',
  ]);
  expect(keys('DropsIngestRole', 's3:DeleteObject')).toEqual(['quarantine/*']);
  expect(keys('NightFunctionsSealRole', 's3:DeleteObject')).toEqual(['tables/*']);
  expect(keys('NightFunctionsComputeRole', 's3:DeleteObject')).toEqual(['tables/*']);
  expect(keys('NightFunctionsPublishRole', 's3:DeleteObject')).toEqual(['tables/run/*']);
});

test('what leaves the lake is written by one role each', () => {
  for (const [prefix, role] of [
    ['audiences/*', 'DeliveryDeliverRole'],
    ['sent/*', 'DeliveryDeliverRole'],
    ['reports/*', 'NightFunctionsPublishRole'],
  ] as const) {
    const writers = bucketPolicy.Statement.filter(
      ({ Action, Resource }) =>
        listOf(Action).includes('s3:PutObject') && JSON.stringify(Resource).includes(`/${prefix}`),
    );
    expect(writers).toHaveLength(1);
    expect(JSON.stringify(writers[0]?.Principal)).toContain(role);
  }
});

test('keys are listed by the prefixes that are read', () => {
  const listing = bucketPolicy.Statement.filter(({ Action }) =>
    listOf(Action).includes('s3:ListBucket'),
  );
  expect(listing.length).toBeGreaterThan(5);
  for (const { Condition } of listing) {
    const prefixes = Condition?.StringLike?.['s3:prefix'];
    expect(listOf(prefixes).length).toBeGreaterThan(0);
    for (const prefix of listOf(prefixes)) expect(prefix).toMatch(/^[a-z]+\/([a-z_]+\/)?\*$/);
  }
});

test('no role has a wildcard, but for log delivery and X-Ray, which know no resources', () => {
  const statements = rolePolicies.flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement,
  );
  expect(statements.length).toBeGreaterThan(20);
  const wild = statements.filter(({ Action, Resource }) =>
    [...listOf(Action), ...listOf(Resource)].some((part) => JSON.stringify(part).includes('*')),
  );
  // One a state machine.
  expect(wild).toHaveLength(2);
  for (const { Action } of wild)
    expect([...listOf(Action)].sort()).toEqual([
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
});

test('a function has a role of its own, and no policy that AWS manages', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(8);
  const roles = functions.map(({ Properties }) => JSON.stringify(Properties.Role));
  expect(new Set(roles).size).toBe(functions.length);
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
  }
});

test('views are replaced by publishing and retiring alone, and no table of a contract is', () => {
  const creators = rolePolicies.filter(([, policy]) =>
    JSON.stringify(policy).includes('glue:UpdateTable'),
  );
  const roles = new Set(creators.map(([id]) => id.replace(/(Role).*/, '$1')));
  expect([...roles].sort()).toEqual(['NightFunctionsPublishRole', 'RetirementRetireRole']);
  const statements = creators.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }) =>
      listOf(Action).includes('glue:UpdateTable'),
    ),
  );
  const tables = statements.flatMap(({ Resource }) => [
    ...JSON.stringify(Resource).matchAll(/:table\/clientele\/([a-z_]+)/g),
  ]);
  expect(tables.length).toBeGreaterThan(10);
  for (const [, name] of tables)
    expect(name).toMatch(/_current$|_history$|^current_run$|^published_runs$/);
});

test('runs are taken out of the tables by retiring alone', () => {
  const removers = rolePolicies.flatMap(([id, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }) =>
      listOf(Action).some((action) => /^glue:\w*Delete/.test(action)),
    ).map((statement) => ({ role: id.replace(/(Role).*/, '$1'), statement })),
  );
  expect(removers.map(({ role }) => role)).toEqual(['RetirementRetireRole']);
  const statement = removers[0]?.statement;
  expect(statement?.Action).toEqual(['glue:DeletePartition', 'glue:BatchDeletePartition']);
  const tables = [...JSON.stringify(statement?.Resource).matchAll(/:table\/clientele\/([a-z_]+)/g)];
  const runTables = allTables.filter(({ storage }) => storage.kind === 'run');
  expect(tables.map(([, name]) => name)).toEqual(runTables.map(({ name }) => name));
});

test('the policies stay within the limits of S3 and IAM', () => {
  const resolved = (value: unknown) =>
    JSON.stringify(value)
      .replaceAll(
        /\{"Fn::GetAtt":\["\w+","Arn"\]\}/g,
        '"arn:aws:iam::123456789012:role/Clientele-NightFunctionsPublishRoleABCDEF12-ABCDEFGHIJKL"',
      )
      .replaceAll(/\{"Ref":"AWS::\w+"\}/g, '"123456789012"')
      .replaceAll(
        /\{"Fn::Join":\["",\[(.*?)\]\]\}/g,
        (_, parts: string) => `"${parts.replaceAll(/[",]/g, '')}"`,
      );
  expect(resolved(bucketPolicy).length).toBeLessThan(20_480);
  for (const [id, { Properties }] of rolePolicies) {
    expect(resolved(Properties.PolicyDocument).length, id).toBeLessThan(10_240);
  }
});

test('the secret of keys may be read by ingest and deliver alone, and its own policy denies all others', () => {
  const readers = rolePolicies.flatMap(([id, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }) =>
      JSON.stringify(Action).includes('secretsmanager:'),
    ).map((statement) => ({ role: id.replace(/(Role).*/, '$1'), statement })),
  );
  expect(readers.map(({ role }) => role)).toEqual(secretReaders);
  for (const { statement } of readers) {
    expect(statement).toMatchObject({
      Action: 'secretsmanager:GetSecretValue',
      Resource: { Ref: expect.stringMatching(/^CustomerSecret/) },
    });
  }
  const statements = Object.values(
    template.findResources('AWS::SecretsManager::ResourcePolicy'),
  ).flatMap(({ Properties }) => (Properties.ResourcePolicy as Policy).Statement);
  expect(statements).toHaveLength(1);
  const [denial] = statements;
  expect(denial).toMatchObject({
    Effect: 'Deny',
    Action: 'secretsmanager:GetSecretValue',
    Principal: { AWS: '*' },
  });
  const spared = denial?.Condition?.ArnNotEquals?.['aws:PrincipalArn'] as readonly unknown[];
  expect(spared.map((arn) => /(\w+Role)/.exec(JSON.stringify(arn))?.[1])).toEqual(secretReaders);
});

test('the key of the secret decrypts for its readers alone, by way of Secrets Manager', () => {
  const [secret] = Object.values(template.findResources('AWS::SecretsManager::Secret'));
  const keyId = secret?.Properties.KmsKeyId['Fn::GetAtt'][0] as string;
  expect(keyId).toMatch(/^CustomerSecretKey/);
  const decrypting = rolePolicies.flatMap(([id, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Resource }) =>
      JSON.stringify(Resource).includes(keyId),
    ).map((statement) => ({ role: id.replace(/(Role).*/, '$1'), statement })),
  );
  expect(decrypting.map(({ role }) => role)).toEqual(secretReaders);
  for (const { statement } of decrypting) {
    expect(statement.Action).toBe('kms:Decrypt');
    expect(JSON.stringify(statement.Condition?.StringEquals?.['kms:ViaService'])).toContain(
      'secretsmanager.',
    );
  }
});
