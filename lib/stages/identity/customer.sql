-- grain: one row a customer, whatever systems know them
-- The golden record takes each column from the latest record that fills it.
with part as (
    select feed, load_id, name as part_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part'
),

identifier as (
    select customer_key, source, kind, value
    from customer_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

record as (
    select
        c.source,
        c.customer_id,
        c.email,
        c.phone,
        c.first_name,
        c.last_name,
        c.birth_date,
        c.address,
        c.postcode,
        c.city,
        c.country,
        c.loyalty_id,
        c.acquisition_channel,
        c.acquisition_campaign,
        c.consent_email,
        c.consent_sms,
        c.consent_ads,
        c.created_at as known_at,
        coalesce(c.updated_at, c.created_at) as changed_at,
        p.load_rank,
        c.record_number,
        false as is_order
    from accepted_customers c
    join part p on p.feed = 'customers' and p.part_id = c.part_id and p.load_id = c.load_id
    union all
    select
        o.source,
        o.customer_id,
        o.email,
        o.phone,
        cast(null as varchar) as first_name,
        cast(null as varchar) as last_name,
        cast(null as date) as birth_date,
        cast(null as varchar) as address,
        cast(null as varchar) as postcode,
        cast(null as varchar) as city,
        cast(null as varchar) as country,
        cast(null as varchar) as loyalty_id,
        cast(null as varchar) as acquisition_channel,
        cast(null as varchar) as acquisition_campaign,
        cast(null as boolean) as consent_email,
        cast(null as boolean) as consent_sms,
        cast(null as boolean) as consent_ads,
        o.ordered_at as known_at,
        o.ordered_at as changed_at,
        p.load_rank,
        o.record_number,
        coalesce(o.status, '') <> 'cancelled' as is_order
    from accepted_orders o
    join part p on p.feed = 'orders' and p.part_id = o.part_id and p.load_id = o.load_id
),

dated as (
    select
        r.*,
        cast(
            cast(
                cast(r.known_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as known_on,
        case
            when r.customer_id is not null then 'source_id'
            when r.email is not null then 'email'
            else 'phone'
        end as reference_kind,
        case when r.customer_id is not null then r.source else '' end as reference_source,
        coalesce(r.customer_id, r.email, r.phone) as reference
    from record r
),

placed as (
    select
        d.*,
        i.customer_key,
        row_number() over (
            partition by i.customer_key
            order by
                d.changed_at desc nulls last,
                d.load_rank desc,
                d.record_number desc,
                d.source
        ) as place
    from dated d
    join identifier i
        on i.kind = d.reference_kind and i.source = d.reference_source and i.value = d.reference
    where d.known_on is null or d.known_on <= :as_of
),

golden as (
    select
        customer_key,
        (array_agg(email order by place) filter (where email is not null))[1] as email,
        (array_agg(phone order by place) filter (where phone is not null))[1] as phone,
        (array_agg(first_name order by place) filter (where first_name is not null))[1]
            as first_name,
        (array_agg(last_name order by place) filter (where last_name is not null))[1] as last_name,
        (array_agg(birth_date order by place) filter (where birth_date is not null))[1]
            as birth_date,
        (array_agg(address order by place) filter (where address is not null))[1] as address,
        (array_agg(postcode order by place) filter (where postcode is not null))[1] as postcode,
        (array_agg(city order by place) filter (where city is not null))[1] as city,
        (array_agg(country order by place) filter (where country is not null))[1] as country,
        (array_agg(loyalty_id order by place) filter (where loyalty_id is not null))[1]
            as loyalty_id,
        (array_agg(acquisition_channel order by place)
            filter (where acquisition_channel is not null))[1] as acquisition_channel,
        (array_agg(acquisition_campaign order by place)
            filter (where acquisition_campaign is not null))[1] as acquisition_campaign,
        (array_agg(consent_email order by place) filter (where consent_email is not null))[1]
            as consent_email,
        (array_agg(consent_sms order by place) filter (where consent_sms is not null))[1]
            as consent_sms,
        (array_agg(consent_ads order by place) filter (where consent_ads is not null))[1]
            as consent_ads,
        min(known_on) as first_seen_on,
        not bool_or(is_order) as is_prospect
    from placed
    group by customer_key
),

counted as (
    select customer_key, count(*) as count_identifiers
    from identifier
    group by customer_key
),

final as (
    select g.*, c.count_identifiers
    from golden g
    join counted c on c.customer_key = g.customer_key
)

select * from final
