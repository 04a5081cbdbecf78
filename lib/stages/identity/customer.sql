-- grain: one row a customer, whatever systems know them
-- The golden record takes each column from the latest record that fills it.
with part as (
    select load_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'customers'
),

identifier as (
    select customer_key, source, kind, value
    from customer_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

customer_state as (
    select
        load_id, record_number, reference_kind, reference_source, reference_value, email, phone,
        first_name, last_name, birth_date, address, postcode, city, country, loyalty_id,
        acquisition_channel, acquisition_campaign, consent_email, consent_sms, consent_ads,
        created_on, changed_at
    from customers_record
    where snapshot_on = :as_of and run_id = :run_id
),

ordering as (
    select
        reference_kind, reference_source, reference_value, email, phone, first_ordered_on,
        last_ordered_at, place, has_order
    from orders_reference
    where snapshot_on = :as_of and run_id = :run_id
),

record as (
    select
        c.reference_kind, c.reference_source, c.reference_value, c.email, c.phone, c.first_name,
        c.last_name, c.birth_date, c.address, c.postcode, c.city, c.country, c.loyalty_id,
        c.acquisition_channel, c.acquisition_campaign, c.consent_email, c.consent_sms,
        c.consent_ads,
        c.created_on as known_on,
        c.changed_at,
        p.load_rank,
        c.record_number,
        cast(null as bigint) as place,
        false as has_order
    from customer_state c
    join part p on p.load_id = c.load_id
    union all
    select
        reference_kind, reference_source, reference_value, email, phone,
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
        first_ordered_on as known_on,
        last_ordered_at as changed_at,
        cast(null as bigint) as load_rank,
        cast(null as bigint) as record_number,
        place,
        has_order
    from ordering
),

placed as (
    select
        r.*,
        i.customer_key,
        row_number() over (
            partition by i.customer_key
            order by
                r.changed_at desc nulls last,
                r.load_rank desc,
                r.record_number desc,
                r.place,
                r.reference_kind,
                r.reference_source,
                r.reference_value
        ) as recency_place
    from record r
    join identifier i
        on i.kind = r.reference_kind and i.source = r.reference_source
        and i.value = r.reference_value
),

golden as (
    select
        customer_key,
        (array_agg(email order by recency_place) filter (where email is not null))[1] as email,
        (array_agg(phone order by recency_place) filter (where phone is not null))[1] as phone,
        (array_agg(first_name order by recency_place) filter (where first_name is not null))[1]
            as first_name,
        (array_agg(last_name order by recency_place) filter (where last_name is not null))[1] as last_name,
        (array_agg(birth_date order by recency_place) filter (where birth_date is not null))[1]
            as birth_date,
        (array_agg(address order by recency_place) filter (where address is not null))[1] as address,
        (array_agg(postcode order by recency_place) filter (where postcode is not null))[1] as postcode,
        (array_agg(city order by recency_place) filter (where city is not null))[1] as city,
        (array_agg(country order by recency_place) filter (where country is not null))[1] as country,
        (array_agg(loyalty_id order by recency_place) filter (where loyalty_id is not null))[1]
            as loyalty_id,
        (array_agg(acquisition_channel order by recency_place)
            filter (where acquisition_channel is not null))[1] as acquisition_channel,
        (array_agg(acquisition_campaign order by recency_place)
            filter (where acquisition_campaign is not null))[1] as acquisition_campaign,
        (array_agg(consent_email order by recency_place) filter (where consent_email is not null))[1]
            as consent_email,
        (array_agg(consent_sms order by recency_place) filter (where consent_sms is not null))[1]
            as consent_sms,
        (array_agg(consent_ads order by recency_place) filter (where consent_ads is not null))[1]
            as consent_ads,
        min(known_on) as first_seen_on,
        not bool_or(has_order) as is_prospect
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
