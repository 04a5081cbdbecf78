-- grain: one row a customer, whatever systems know them
-- The golden record takes each column from the latest record that fills it.
with state as (
    select
        customer_key, recency_place, email, phone, first_name, last_name, birth_date, address,
        postcode, city, country, loyalty_id, acquisition_channel, acquisition_campaign,
        consent_email, consent_sms, consent_ads, known_on, has_order, count_identifiers
    from customer_state
    where snapshot_on = :as_of and run_id = :run_id
),

final as (
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
        not bool_or(has_order) as is_prospect,
        max(count_identifiers) as count_identifiers
    from state
    group by customer_key
)

select * from final
