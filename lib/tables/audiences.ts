import { code, moneySum, real, runTable, text } from './contract.ts';

const columns = {
  scheme: text('Way of dividing the customers that the audience comes from'),
  segment: text('Group within the scheme'),
  predicted_clv_12m: moneySum('Predicted value of the next 12 months; of a leaver NULL', {
    nullable: true,
  }),
  p_alive: real('share 0-1', 'Probability of still being a customer; NULL without a model', {
    nullable: true,
  }),
};

const ofThisRun = 'snapshot_on = :as_of and run_id = :run_id';

export const audienceMember = runTable({
  name: 'audience_member',
  grain: 'one row a member of an audience of a destination',
  key: ['destination', 'audience', 'customer_key'],
  promise: 'pure',
  columns: {
    destination: text('Marketing tool that gets the audience'),
    audience: text('Scheme and segment, with a hyphen between them'),
    customer_key: text('The customer'),
    ...columns,
  },
  identities: [
    {
      states:
        'every member of a segment, and nobody else, is in its audience of every destination, with the value and the chance of the customer',
      violations: `
        select d.destination, m.customer_key, a.customer_key as delivered_key
        from (:destinations) as d (destination)
        cross join (select customer_key, scheme, segment from segment_member
          where snapshot_on = :as_of and run_id = :run_id and scheme <> 'rfm_plain') m
        full join (
          select destination, customer_key, scheme, segment, predicted_clv_12m, p_alive
          from audience_member
          where ${ofThisRun} and audience = scheme || '-' || segment) a
          on a.destination = d.destination and a.customer_key = m.customer_key
          and a.scheme = m.scheme and a.segment = m.segment
        left join (select customer_key, predicted_clv_12m, p_alive from customer_value
          where ${ofThisRun}) v
          on v.customer_key = a.customer_key
        where (d.destination is not null and a.customer_key is null) or m.customer_key is null
          or (a.customer_key is not null and v.customer_key is null)
          or v.predicted_clv_12m is distinct from a.predicted_clv_12m
          or v.p_alive is distinct from a.p_alive`,
    },
  ],
});

/** Those who were sent, by this night's note of it. */
const sent = `
  select m.destination, m.audience, m.customer_key
  from audience_member m
  join (:audience_sent) as s (destination, audience, run_id) on s.destination = m.destination
    and s.audience = m.audience and s.run_id = m.run_id
  where m.run_id in (:sent_run_ids)`;

export const audienceChange = runTable({
  name: 'audience_change',
  grain: 'one row a member of an audience of a destination, now or by what was last sent',
  key: ['destination', 'audience', 'customer_key'],
  promise: 'historical',
  columns: {
    destination: text('Marketing tool that gets the audience'),
    audience: text('Scheme and segment, with a hyphen between them'),
    customer_key: text('The customer'),
    op: code('op', 'upsert: is a member; remove: was sent and is none any more'),
    ...columns,
  },
  identities: [
    {
      states: 'what was sent, changed so, is the members, and nobody is removed who was not sent',
      violations: `
        select customer_key from (
          select destination, audience, customer_key, 'sent' as told from (${sent}) as sent
          union all
          select destination, audience, customer_key, op from audience_change where ${ofThisRun}
          union all
          select destination, audience, customer_key, 'member' from audience_member
          where ${ofThisRun}) as all_told
        group by destination, audience, customer_key
        having (bool_or(told in ('sent', 'upsert')) and not bool_or(told = 'remove'))
            <> bool_or(told = 'member')
          or (bool_or(told = 'remove') and not bool_or(told = 'sent'))`,
    },
  ],
});
