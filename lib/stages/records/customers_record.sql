-- grain: one row a delivered customer record, up to the as-of date
-- Every state of a customer counts, for the newest need not fill each column. Which is newer: the
-- greater updated_at, else the later delivery.
with part as (
    select load_id, name as part_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'customers'
),

record as (
    select
        c.load_id,
        c.record_number,
        p.load_rank,
        c.source,
        c.customer_id,
        c.email,
        c.phone,
        c.first_name,
        c.last_name,
        c.first_name_folded,
        c.last_name_folded,
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
        cast(
            cast(
                cast(c.created_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as created_on,
        c.updated_at,
        coalesce(c.updated_at, c.created_at) as changed_at,
        case
            when c.customer_id is not null then 'source_id'
            when c.email is not null then 'email'
            when c.loyalty_id is not null then 'loyalty_id'
            else 'phone'
        end as reference_kind,
        case when c.customer_id is not null then c.source else '' end as reference_source,
        coalesce(c.customer_id, c.email, c.loyalty_id, c.phone) as reference_value
    from accepted_customers c
    join part p on p.part_id = c.part_id and p.load_id = c.load_id
),

-- Records that hold an e-mail are placed among themselves.
placed as (
    select
        r.*,
        row_number() over (
            partition by
                reference_kind, reference_source, reference_value,
                case when email is null then 0 else 1 end
            order by updated_at desc nulls last, load_rank desc, record_number desc
        ) as email_place
    from record r
    where created_on is null or created_on <= :as_of
),

compared as (
    select
        p.*,
        max(case when email_place = 1 then email end) over (
            partition by reference_kind, reference_source, reference_value
        ) as newest_email
    from placed p
),

final as (
    select
        load_id,
        record_number,
        source,
        reference_kind,
        reference_source,
        reference_value,
        email,
        coalesce(email <> newest_email, false) as is_earlier_email,
        phone,
        first_name,
        last_name,
        first_name_folded,
        last_name_folded,
        birth_date,
        address,
        postcode,
        city,
        country,
        loyalty_id,
        acquisition_channel,
        acquisition_campaign,
        consent_email,
        consent_sms,
        consent_ads,
        created_on,
        updated_at,
        changed_at
    from compared
)

select * from final
