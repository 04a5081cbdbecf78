-- grain: one row a column that a customer's golden record fills
with state as (
    select
        customer_key, recency_place, source, email, phone, first_name, last_name, birth_date,
        address, postcode, city, country, loyalty_id, acquisition_channel, acquisition_campaign,
        consent_email, consent_sms, consent_ads
    from customer_state
    where snapshot_on = :as_of and run_id = :run_id
),

golden_column as (
    select c.column_name
    from (
        values
        ('email'),
        ('phone'),
        ('first_name'),
        ('last_name'),
        ('birth_date'),
        ('address'),
        ('postcode'),
        ('city'),
        ('country'),
        ('loyalty_id'),
        ('acquisition_channel'),
        ('acquisition_campaign'),
        ('consent_email'),
        ('consent_sms'),
        ('consent_ads')
    ) as c (column_name)
),

told as (
    select
        s.customer_key,
        c.column_name,
        lpad(cast(s.recency_place as varchar), 18, '0') || s.source as placed_source,
        case c.column_name
            when 'email' then email is not null
            when 'phone' then phone is not null
            when 'first_name' then first_name is not null
            when 'last_name' then last_name is not null
            when 'birth_date' then birth_date is not null
            when 'address' then address is not null
            when 'postcode' then postcode is not null
            when 'city' then city is not null
            when 'country' then country is not null
            when 'loyalty_id' then loyalty_id is not null
            when 'acquisition_channel' then acquisition_channel is not null
            when 'acquisition_campaign' then acquisition_campaign is not null
            when 'consent_email' then consent_email is not null
            when 'consent_sms' then consent_sms is not null
            when 'consent_ads' then consent_ads is not null
        end as is_filled
    from state s
    cross join golden_column c
),

-- The least place brings its source with it.
final as (
    select customer_key, column_name, substr(min(placed_source), 19) as source
    from told
    where is_filled
    group by customer_key, column_name
)

select * from final
