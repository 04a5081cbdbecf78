import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleTemplate } from './example-stack.ts';

const template = exampleTemplate();
const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).map(
  ([id, { Properties }]) => [id, Properties] as const,
);
const runbook = readFileSync(
  new URL('../../docs/operator-runbook.md', import.meta.url),
  'utf8',
).replaceAll('\r', '');

/** The links of the runbook's headings, and the text below each. */
const articles = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((article) => {
      const [heading = '', ...lines] = article.split('\n');
      return [
        heading
          .toLowerCase()
          .replaceAll(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-'),
        lines.join('\n'),
      ];
    }),
);

test('there is an alarm for everything that an operator must look at', () => {
  const linked = alarms.map(([, { AlarmDescription }]) => AlarmDescription.split('#')[1]);
  expect([...new Set(linked)].sort()).toEqual([
    'dead-letters',
    'failed-compaction',
    'failed-night',
    'failed-retirement',
    'missed-start',
    'missing-night',
    'published-not-delivered',
    'queue-age',
    'refused-file',
    'refused-share',
    'scan-budget',
  ]);
});

test.each(alarms)(
  '%s links to an article that says what it means, how to see and what to do',
  (_, alarm) => {
    const [file, article] = alarm.AlarmDescription.split(' ').at(-1).split('#');
    expect(file).toBe('docs/operator-runbook.md');
    const text = articles.get(article);
    expect(text, article).toBeDefined();
    for (const part of ['**What it means.**', '**Look.**', '**Do.**']) expect(text).toContain(part);
  },
);

test.each(alarms)('%s tells the topic', (_, alarm) => {
  expect(alarm.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }]);
});

test.each(['Failed', 'TimedOut', 'Aborted'])(
  'one execution that ends %s raises the alarm',
  (end) => {
    const alarm = alarms.find(([id]) => id.startsWith(`Alarms${end}Night`))?.[1];
    expect(alarm).toMatchObject({
      Namespace: 'AWS/States',
      MetricName: `Executions${end}`,
      Statistic: 'Sum',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  },
);

test.each(['Failed', 'TimedOut', 'Aborted'])(
  'one delivery that ends %s raises an alarm of its own',
  (end) => {
    const alarm = alarms.find(([id]) => id.startsWith(`Alarms${end}Delivery`))?.[1];
    expect(alarm).toMatchObject({ MetricName: `Executions${end}`, Threshold: 0 });
    expect(JSON.stringify(alarm?.Dimensions)).toContain('DeliveryStateMachine');
    const night = alarms.find(([id]) => id.startsWith(`Alarms${end}Night`))?.[1];
    expect(JSON.stringify(night?.Dimensions)).toContain('NightStateMachine');
  },
);

test('a compaction that fails, or is out of time, raises an alarm: it is counted by Lambda itself', () => {
  const alarm = alarms.find(([id]) => id.startsWith('AlarmsFailedCompaction'))?.[1];
  expect(alarm).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  expect(JSON.stringify(alarm?.Dimensions)).toContain('CompactionCompactFunction');
});

test('a day without a delivery is an alarm even when nothing is counted any more', () => {
  const missing = alarms.find(([id]) => id.includes('MissingDelivery'))?.[1];
  expect(missing).toMatchObject({
    MetricName: 'ExecutionsSucceeded',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test('a day without a night is an alarm even when nothing is counted any more', () => {
  const missing = alarms.find(([id]) => id.includes('MissingNight'))?.[1];
  expect(missing).toMatchObject({
    MetricName: 'ExecutionsSucceeded',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test('the topic sends mail when an address is configured', () => {
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'operator@example.com',
  });
  exampleTemplate({}).resourceCountIs('AWS::SNS::Subscription', 0);
});
