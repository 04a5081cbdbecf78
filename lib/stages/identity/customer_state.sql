-- grain: one row a record of a customer, or a set of identifiers that their order lines carry
-- Latest first, as the golden record reads them. A placeholder is no address to write to.
with part as (
    select load_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'customers'
),

identifier as (
    select
        customer_key, source, kind, value,
        count(*) over (partition by customer_key) as count_identifiers
    from customer_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

placeholder as (
    select value
    from guarded_identifier
    where
        snapshot_on = :as_of and run_id = :run_id
        and reason = 'placeholder' and kind = 'email'
),

customer_record as (
    select
        load_id, record_number, source, reference_kind, reference_source, reference_value, email, phone,
        first_name, last_name, birth_date, address, postcode, city, country, loyalty_id,
        acquisition_channel, acquisition_campaign, consent_email, consent_sms, consent_ads,
        created_on, changed_at
    from customers_record
    where snapshot_on = :as_of and run_id = :run_id
),

ordering as (
    select
        source, reference_kind, reference_source, reference_value, email, phone, first_ordered_on,
        last_ordered_at, place, has_order
    from orders_reference
    where snapshot_on = :as_of and run_id = :run_id
),

record as (
    select
        c.source, c.reference_kind, c.reference_source, c.reference_value, c.email, c.phone, c.first_name,
        c.last_name, c.birth_date, c.address, c.postcode, c.city, c.country, c.loyalty_id,
        c.acquisition_channel, c.acquisition_campaign, c.consent_email, c.consent_sms,
        c.consent_ads,
        c.created_on as known_on,
        c.changed_at,
        p.load_rank,
        c.record_number,
        cast(null as bigint) as place,
        false as has_order
    from customer_record c
    join part p on p.load_id = c.load_id
    union all
    select
        source, reference_kind, reference_source, reference_value, email, phone,
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
        i.count_identifiers,
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

final as (
    select
        p.customer_key,
        p.recency_place,
        p.source,
        case when e.value is null then p.email end as email,
        p.phone,
        p.first_name,
        p.last_name,
        p.birth_date,
        p.address,
        p.postcode,
        p.city,
        p.country,
        p.loyalty_id,
        p.acquisition_channel,
        p.acquisition_campaign,
        p.consent_email,
        p.consent_sms,
        p.consent_ads,
        p.known_on,
        p.has_order,
        p.count_identifiers
    from placed p
    left join placeholder e on e.value = p.email
)

select * from final
