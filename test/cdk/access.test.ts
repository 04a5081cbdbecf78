import { expect, test } from 'vitest';
import { currentViews } from '../../lib/sql/current-views.ts';
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
const bucketPolicy = policyOf('LakeBucket');
const resultsPolicy = policyOf('ResultsBucket');
/** What does not fit into the policy of a role, CDK puts into a second one. */
const rolePolicies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
  Object.entries(template.findResources(type)),
) as unknown as [string, { readonly Properties: { readonly PolicyDocument: Policy } }][];

/** Roles of the functions that make keys. */
const secretReaders = ['DropsIngestRole', 'DeliveryDeliverRole'];

function policyOf(bucket: string): Policy {
  return Object.values(template.findResources('AWS::S3::BucketPolicy'))
    .map(({ Properties }) => Properties)
    .find(({ Bucket }) => JSON.stringify(Bucket).includes(bucket))?.PolicyDocument as Policy;
}

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

/** Everything that seals tell of, and the seals. */
const loaded = [
  ...['accepted/*', 'compaction/*', 'delivery/*', 'ledger/*', 'load/*', 'pseudonym/*'],
  'quarantine/*',
];

test.each([
  ['DropsIngestRole', [...loaded, 'drop/*', 'keys/fingerprint.json'].sort()],
  ['CompactionCompactRole', loaded],
  ['NightFunctionsBeginRole', ['published/*', 'runs/*', 'sent/*']],
  ['NightFunctionsRenderRole', ['runs/*']],
  ['NightFunctionsSealRole', ['runs/*', 'tables/*']],
  ['NightFunctionsComputeRole', [...loaded, 'runs/*', 'tables/*']],
  [
    'NightFunctionsPublishRole',
    ['delivery/*', 'load/*', 'published/*', 'quarantine/*', 'runs/*', 'tables/*'],
  ],
  [
    'NightStateMachineRole',
    [
      ...['accepted/*', 'compaction/*', 'delivery/*', 'load/*', 'pseudonym/*', 'tables/*'],
      'withdrawal/*',
    ],
  ],
  [
    'DeliveryDeliverRole',
    [
      'keys/fingerprint.json',
      'published/*',
      'runs/*',
      'sent/*',
      'tables/audience_change/*',
      'tables/audience_member/*',
      'tables/segment_profile/*',
    ],
  ],
  ['DeliveryStateMachineRole', []],
  ['RetirementRetireRole', ['compaction/*', 'ledger/*', 'published/*', 'sent/*']],
])('%s reads what it needs and no more', (role, expected) => {
  expect(keys(role, 's3:GetObject')).toEqual(expected);
});

test.each([
  [
    'DropsIngestRole',
    [
      ...['accepted/*', 'delivery/*', 'keys/fingerprint.json', 'ledger/*', 'load/*'],
      ...['pseudonym/*', 'quarantine/*'],
    ],
  ],
  ['CompactionCompactRole', ['accepted/*', 'compaction/*', 'ledger/*', 'pseudonym/*']],
  ['NightFunctionsBeginRole', ['runs/*']],
  ['NightFunctionsRenderRole', []],
  ['NightFunctionsSealRole', ['runs/*']],
  ['NightFunctionsComputeRole', ['runs/*', 'tables/*']],
  ['NightFunctionsPublishRole', ['published/*', 'reports/*', 'runs/*', 'tables/run/*']],
  ['DeliveryDeliverRole', ['audiences/*', 'sent/*']],
  ['NightStateMachineRole', ['tables/*']],
  ['RetirementRetireRole', ['published/latest.json']],
])('%s writes what it makes and no more', (role, expected) => {
  expect(keys(role, 's3:PutObject')).toEqual(expected);
});

/** Whoever starts queries, and nobody else. */
const asking = [
  'DeliveryDeliverRole',
  'NightFunctionsComputeRole',
  'NightFunctionsPublishRole',
  'NightFunctionsSealRole',
  'NightStateMachineRole',
  'RetirementRetireRole',
];

test('whoever starts queries may look at the whole bucket of results: Athena checks it with his rights', () => {
  const allowed = resultsPolicy.Statement.filter(({ Effect }) => Effect === 'Allow');
  const rolesOf = (action: string) =>
    allowed
      .filter(({ Action }) => listOf(Action).includes(action))
      .map(({ Principal }) => /"(\w+Role)/.exec(JSON.stringify(Principal))?.[1])
      .sort();
  const ofBucket = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
  const ofObjects = [
    ...['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
    's3:ListMultipartUploadParts',
  ];
  for (const action of [...ofBucket, ...ofObjects]) expect(rolesOf(action), action).toEqual(asking);
  for (const { Action, Condition } of allowed) {
    expect(Condition).toBeUndefined();
    for (const action of listOf(Action)) expect([...ofBucket, ...ofObjects]).toContain(action);
  }
  const starting = rolePolicies.filter(([, policy]) =>
    JSON.stringify(policy).includes('athena:StartQueryExecution'),
  );
  expect([...new Set(starting.map(([id]) => id.replace(/(Role).*/, '$1')))].sort()).toEqual(asking);
});

test('nobody deletes what was dropped, and retiring alone what was accepted, once it is compacted', () => {
  const deleting = bucketPolicy.Statement.filter(({ Action }) =>
    listOf(Action).includes('s3:DeleteObject'),
  );
  expect(deleting.flatMap(({ Resource }) => listOf(Resource)).length).toBe(8);
  expect(keys('RetirementRetireRole', 's3:DeleteObject')).toEqual([
    'accepted/*',
    'pseudonym/*',
    'published/runs/*',
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

test('no role has a wildcard, but for tables of its database, log delivery and X-Ray', () => {
  const statements = rolePolicies.flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement,
  );
  expect(statements.length).toBeGreaterThan(20);
  const wild = statements.filter(
    ({ Action, Resource }) =>
      [...listOf(Action), ...listOf(Resource)].some((part) => JSON.stringify(part).includes('*')) &&
      !listOf(Action).every((action) => action.startsWith('glue:')),
  );
  // One a state machine: log delivery and X-Ray know no resources.
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

/** Roles whose statements hold an action of Glue, each with the tables that it may be done with. */
function tablesOf(action: string): Record<string, readonly string[]> {
  const found = rolePolicies.flatMap(([id, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }) => listOf(Action).includes(action)).map(
      ({ Resource }) => {
        const tables = [...JSON.stringify(Resource).matchAll(/:table\/clientele\/([a-z_*]+)"/g)];
        return [id.replace(/(Role).*/, '$1'), tables.map(([, name = '']) => name)] as const;
      },
    ),
  );
  return Object.fromEntries(found.sort());
}

/** Patterns, so that a policy does not grow with the tables. */
const views = ['current_run', 'published_runs', '*_current', '*_history'];

test('views are replaced by publishing and retiring alone, and no table of a contract is named like one', () => {
  const byWhom = { NightFunctionsPublishRole: views, RetirementRetireRole: views };
  expect(tablesOf('glue:UpdateTable')).toEqual(byWhom);
  expect(tablesOf('glue:CreateTable')).toEqual(byWhom);
  for (const { name } of allTables) {
    expect(name).not.toMatch(/_current$|_history$|^current_run$|^published_runs$/);
  }
  for (const { name } of currentViews(allTables, [{ snapshotOn: '', runId: '' }])) {
    expect(name).toMatch(/_current$|_history$|^current_run$|^published_runs$/);
  }
});

test('runs are put into the tables by who writes them, and taken out by retiring alone', () => {
  expect(tablesOf('glue:CreatePartition')).toEqual({
    NightFunctionsComputeRole: ['*'],
    NightFunctionsPublishRole: ['*'],
    NightFunctionsSealRole: ['*'],
    NightStateMachineRole: ['*'],
  });
  expect(tablesOf('glue:DeletePartition')).toEqual({ RetirementRetireRole: ['*'] });
  expect(tablesOf('glue:BatchDeletePartition')).toEqual({ RetirementRetireRole: ['*'] });
  const actions = rolePolicies.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }) => listOf(Action)),
  );
  expect(new Set(actions.filter((action) => /^glue:(?!Get|BatchGet)/.test(action)))).toEqual(
    new Set([
      ...['glue:CreatePartition', 'glue:BatchCreatePartition', 'glue:UpdatePartition'],
      ...['glue:DeletePartition', 'glue:BatchDeletePartition'],
      ...['glue:CreateTable', 'glue:UpdateTable'],
    ]),
  );
});

test('a function has a role of its own, and no policy that AWS manages', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(9);
  const roles = functions.map(({ Properties }) => JSON.stringify(Properties.Role));
  expect(new Set(roles).size).toBe(functions.length);
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
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
