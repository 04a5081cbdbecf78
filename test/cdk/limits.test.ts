import { expect, test } from 'vitest';
import { allTables } from '../../lib/tables/all.ts';
import { exampleTemplate } from './example-stack.ts';

/** The longest name that a deployment may have. */
const template = exampleTemplate({ name: 'AnalyticsOfCustomersInProductionAtNight1' }).toJSON();
const resources = Object.entries<Resource>(template.Resources);

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What CloudFormation makes of names that the template leaves open, as long as they may be. */
const longest: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'ap-southeast-2',
  'AWS::AccountId': '123456789012',
  'AWS::IAM::Role': `arn:aws:iam::123456789012:role/${'r'.repeat(64)}`,
  'AWS::S3::Bucket': `arn:aws:s3:::${'b'.repeat(63)}`,
  'AWS::Lambda::Function': `arn:aws:lambda:ap-southeast-2:123456789012:function:${'f'.repeat(64)}`,
};

/** A part of the template as it is deployed: references and joins in the place of their texts. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (value === null || typeof value !== 'object') return value;
  const [[name, given] = ['', undefined]] = Object.entries(value);
  if (name === 'Fn::Join') return (resolved((given as unknown[])[1]) as string[]).join('');
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    const id = String(Array.isArray(given) ? given[0] : given);
    return longest[id] ?? longest[template.Resources[id]?.Type] ?? 'x'.repeat(120);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
}

function bytesOf(document: unknown): number {
  return JSON.stringify(resolved(document)).length;
}

/** The documents of a property of all resources of a type, each with the resource's id. */
function documents(type: string, property = 'PolicyDocument'): [string, Resource, number][] {
  const found = resources.filter(([, { Type }]) => Type === type);
  return found.map(([id, resource]) => [id, resource, bytesOf(resource.Properties[property])]);
}

test('sixty tables and a name of forty letters stay within what AWS lets a policy hold', () => {
  expect(template.Outputs.Database.Value).toHaveLength(40);
  expect(allTables.length).toBeGreaterThanOrEqual(60);
  expect(resources.length).toBeLessThan(500);
  for (const [id, , bytes] of documents('AWS::S3::BucketPolicy'))
    expect(bytes, id).toBeLessThan(20_480);
  for (const [id, , bytes] of documents('AWS::KMS::Key', 'KeyPolicy'))
    expect(bytes, id).toBeLessThan(32_768);
  for (const [id, , bytes] of documents('AWS::IAM::ManagedPolicy'))
    expect(bytes, id).toBeLessThan(6_144);
  const inlineOf = new Map<string, number>();
  for (const [, { Properties }, bytes] of documents('AWS::IAM::Policy')) {
    for (const role of (Properties.Roles as readonly { readonly Ref: string }[]) ?? []) {
      inlineOf.set(role.Ref, (inlineOf.get(role.Ref) ?? 0) + bytes);
    }
  }
  expect(inlineOf.size).toBeGreaterThan(10);
  // A quarter of it is in use: what grows with the tables is no policy.
  for (const [role, bytes] of inlineOf) expect(bytes, role).toBeLessThan(10_240 / 2);
});

test('template and state machines stay within what AWS takes', () => {
  expect(JSON.stringify(template).length).toBeLessThan(1_000_000);
  for (const [id, , bytes] of documents('AWS::StepFunctions::StateMachine', 'DefinitionString'))
    expect(bytes, id).toBeLessThan(1_048_576);
});
