import { code, count, flag, moneySum, real, runTable, text } from './contract.ts';

export const rfmScore = runTable({
  name: 'rfm_score',
  grain: 'one row a customer with a purchase occasion',
  key: ['customer_key'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    recency_score: count('score 1-5', '5: bought last; by days since the last occasion'),
    frequency_score: count(
      'score 1-5',
      '1: one order; 2 to 5 by quarters of those with more, 5: most orders',
    ),
    monetary_score: count('score 1-5', '5: most net sales of life; at most 0 is 1'),
    is_guarded: flag(
      'Monetary score 5, which at most a quarter have, and net sales above twice the median: never left alone',
    ),
  },
  identities: [
    {
      states: 'scores lie between 1 and 5',
      brokenWhere: `not (recency_score between 1 and 5 and frequency_score between 1 and 5
        and monetary_score between 1 and 5)`,
    },
  ],
});

export const segmentMember = runTable({
  name: 'segment_member',
  grain: 'one row a customer and scheme',
  key: ['customer_key', 'scheme'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    scheme: code('scheme', 'Way of dividing the customers'),
    segment: code('segment', 'Group within the scheme'),
    reason: code('reason', 'Why the customer is in it: a code and its figures'),
  },
  identities: [
    {
      states: 'every customer with an occasion, and nobody else, has one group of each RFM scheme',
      violations: `
        select f.customer_key from customer_features f
        left join segment_member m on m.customer_key = f.customer_key
          and m.scheme in ('rfm', 'rfm_plain')
          and m.snapshot_on = f.snapshot_on and m.run_id = f.run_id
        where f.snapshot_on = :as_of and f.run_id = :run_id
        group by f.customer_key
        having count(m.customer_key) <> case when max(f.frequency) is null then 0 else 2 end`,
    },
  ],
  totals: { members: '1' },
});

export const segmentProfile = runTable({
  name: 'segment_profile',
  grain: 'one row a segment, empty ones included',
  key: ['scheme', 'segment'],
  promise: 'pure',
  columns: {
    scheme: code('scheme', 'Way of dividing the customers'),
    segment: code('segment', 'Group within the scheme'),
    place: count('place', '1: the group of which a member brings most; the order to list them in'),
    count_customers: count('customers', 'Members'),
    net_sales_12m: moneySum('Net sales of the members in the last 12 months'),
    predicted_clv_12m: moneySum(
      'Predicted value of the members, next 12 months; NULL where a member has no prediction',
      { nullable: true },
    ),
    mean_p_alive: real('share 0-1', 'Mean over the members; NULL without a model', {
      nullable: true,
    }),
    ranked_by: code(
      'ranked_by',
      'predicted; or booked, the net sales of the last 12 months, where a customer has no prediction',
    ),
    priority_rank: count('rank', '1: the segment with the most value, by ranked_by'),
    action: code('action', 'What to do with them'),
  },
  identities: [
    {
      states: 'profiles count every member once',
      agree: { members: 'segment_member.members' },
    },
  ],
  totals: { members: 'count_customers' },
});
