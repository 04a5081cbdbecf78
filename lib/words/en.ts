import type { FeedName } from '../feeds/all.ts';
import { hints, type Rule } from '../feeds/rules.ts';
import type { Baseline } from '../stats/judging/baselines.ts';
import type { CANDIDATES } from '../stats/judging/champion.ts';
import type { FitStatus, ModelName } from '../stats/models/fit.ts';
import type { NoteCode } from '../stats/note.ts';

type Method =
  | `${(typeof CANDIDATES)[number]}+${'gamma_gamma' | 'mean_spend'}`
  | 'base_group_mean'
  | 'simple_formula'
  | 'no_order';

/** Every word that a person reads in English. A name in braces is the place of a figure. */
export const en = {
  /** Words of the codes in the tables, by kind: the rows of the table `label`. */
  labels: {
    scheme: { rfm: 'Recency, frequency and value' },
    segment: {
      champions: 'Champions',
      loyal: 'Loyal',
      potential_loyalists: 'Potential loyalists',
      new_customers: 'New customers',
      promising: 'Promising',
      need_attention: 'Need attention',
      about_to_sleep: 'About to sleep',
      cannot_lose: 'Cannot lose',
      at_risk: 'At risk',
      hibernating: 'Hibernating',
      lost: 'Lost',
    },
    reason: { rfm_scores: 'Recency {recency}, frequency {frequency}, monetary {monetary} of 5' },
    action: {
      thank_and_show_first: 'Thank them, show new things first, ask them to recommend you',
      offer_better_or_benefit: 'Offer a better product or a loyalty benefit',
      invite_to_second_category: 'Invite to a second category or a loyalty card',
      welcome_and_win_second_order: 'Welcome them and win the second order soon',
      remind_and_win_second_order: 'Remind them of what they looked at, win the second order',
      offer_what_they_bought: 'A timely offer on what they bought before',
      remind_without_discount: 'Remind them, without a discount at first',
      call_or_write_in_person: 'Call or write in person, ask what went wrong',
      win_back_with_own_offer: 'Win them back with an offer made for them',
      one_attempt_a_season: 'One inexpensive attempt a season',
      last_attempt_only: 'Spend nothing on them except a last attempt',
    },
    model: {
      bg_nbd: 'BG/NBD',
      mbg_nbd: 'MBG/NBD',
      pareto_nbd: 'Pareto/NBD',
      bg_cnbd_k: 'BG/CNBD-k',
      mbg_cnbd_k: 'MBG/CNBD-k',
      gamma_gamma: 'Gamma-Gamma',
      zero: 'No further order',
      repeat_rate: 'Orders a year as so far',
      simple_formula: 'Average order × orders a year',
      last_period: 'The same as in the period before',
    } satisfies Readonly<Record<ModelName | Baseline, string>>,
    method: {
      'mbg_nbd+gamma_gamma': 'Models of when each customer buys and how much they spend',
      'mbg_nbd+mean_spend': 'Model of when each customer buys, with the mean spend of their group',
      'pareto_nbd+gamma_gamma': 'Models of when each customer buys and how much they spend',
      'pareto_nbd+mean_spend':
        'Model of when each customer buys, with the mean spend of their group',
      'mbg_cnbd_k+gamma_gamma': 'Models of when each customer buys and how much they spend',
      'mbg_cnbd_k+mean_spend':
        'Model of when each customer buys, with the mean spend of their group',
      base_group_mean: 'Mean of the customers who came the same way, for want of a model',
      simple_formula: 'Average order × orders a year: too little history for more',
      no_order: 'Never ordered: no prediction',
    } satisfies Readonly<Record<Method, string>>,
    fit_status: {
      converged: 'converged',
      no_dropout_seen: 'no dropout seen',
      everyone_lost: 'everyone lost',
      no_heterogeneity: 'no heterogeneity',
      infinite_mean: 'infinite mean',
      at_bound: 'at bound',
      not_converged: 'not converged',
      no_customers: 'no customers',
      no_repeat_orders: 'no repeat orders',
      invalid_input: 'invalid input',
      baseline: 'baseline: nothing is fitted',
    } satisfies Readonly<Record<FitStatus | 'baseline', string>>,
    note: {
      invalid_input: 'The counts cannot be fitted: {column} of group {group} is {found}.',
      no_customers: 'At least one customer is needed: found none.',
      no_repeat_orders:
        'At least one repeat order on a later day is needed: found none among {customers} customers.',
      too_few_repeat_customers:
        'At least {needed} customers with a paid repeat order are needed: found {found}.',
      dying_rate_zero:
        'No customer seems ever to stop: the rate of dying went to 0, and forecasts assume that it stays there.',
      dying_rate_infinite:
        'Every customer seems to stop at once: the rate of dying went to infinity.',
      stopping_probability_zero:
        'No customer seems ever to stop: the probability of stopping went to 0, and forecasts assume that it stays there.',
      stopping_probability_one:
        'Every customer seems to stop at once: the probability of stopping went to 1.',
      stops_at_once_or_never:
        'Customers seem either to stop at once or never: a and b went to 0 together, only their ratio is known.',
      same_buying_rate:
        'All customers seem to buy at the same rate: r and alpha went to infinity together, only their ratio is known.',
      same_dying_rate:
        'All customers seem to stop at the same rate: s and beta went to infinity together, only their ratio is known.',
      same_stopping_probability:
        'All customers seem to stop with the same probability: a and b went to infinity together, only their ratio is known.',
      same_spend_at_every_occasion:
        'Occasions of one customer all have the same value: p went to infinity.',
      same_spend_of_all:
        'All customers seem to spend alike: q and gamma went to infinity together, only their ratio is known.',
      infinite_mean_spend:
        'The spread of spend is so wide that its mean is infinite (q = {q} ≤ 1): a customer without a paid repeat order has no expected value.',
      no_likelihood: 'The likelihood could not be computed at any start.',
      bound_of_search:
        'The likelihood still rises where {parameters} reached the bound of the search.',
      gradient_too_large:
        'The search stopped at a gradient of {found} a customer; {required} is required.',
      weak_parameter: 'The data say little about {parameter}: its standard error is large.',
      spend_correlation: 'Correlation of frequency and spend: {found}.',
      spend_correlation_too_high:
        'Correlation of frequency and spend: {found}. Above {most} the expected value of an occasion is not to be trusted for frequent customers.',
      too_few_customers:
        'No model is published: at least {needed} customers with an order are needed: found {found}.',
      history_too_short:
        'No model is published: at least {needed_days} days of history are needed: found {found_days}.',
      no_recent_order:
        'No model is published: an order in the last {most_days} days is needed: the last one is {found_days} days old.',
      nobody_ordered_three_times:
        'No model is published: some customers with three or more orders are needed: found none.',
      chosen_this_month: '{model} was chosen this month.',
      no_back_test: 'No candidate could be compared by a back-test.',
      incumbent_not_eligible:
        '{incumbent} is not eligible; {best} has the lowest error of those that are.',
      less_error: '{best} has {percent} % less error than {incumbent}.',
      too_little_gain: 'No candidate has at least {percent} % less error than {incumbent}.',
    } satisfies Readonly<Record<NoteCode, string>>,
    period: { month: 'Month', half_year: 'Half-year', year: 'Year' },
    dimension: { total: 'Company', channel: 'Channel' },
    identifier: { source_id: 'Number in a source', email: 'E-mail', phone: 'Phone' },
    match_level: { exact: 'Equal after normalisation' },
    feed: {
      orders: 'orders',
      customers: 'customers',
      products: 'products',
    } satisfies Readonly<Record<FeedName, string>>,
    load_status: { loaded: 'loaded', refused: 'refused' },
    quarantine_effect: { value: 'value left out', record: 'record refused', file: 'file refused' },
    delivers: { append: 'New rows are added', snapshot: 'The whole of its source' },
    rule: {
      required: 'required',
      not_a_number: 'not a number',
      thousands_separator: 'thousands separator',
      currency_symbol: 'currency symbol',
      scientific_notation: 'scientific notation',
      spreadsheet_date: 'spreadsheet date',
      formula_cell: 'formula cell',
      implausible_amount: 'implausible amount',
      implausible_quantity: 'implausible quantity',
      not_a_whole_number: 'not a whole number',
      negative_price: 'negative price',
      negative_discount: 'negative discount',
      unknown_date_format: 'unknown date format',
      ambiguous_date: 'ambiguous date',
      wrong_date_format: 'wrong date format',
      impossible_date: 'impossible date',
      implausible_date: 'implausible date',
      missing_time: 'missing time',
      in_the_future: 'in the future',
      not_an_email: 'not an email',
      not_a_phone: 'not a phone',
      phone_without_country: 'phone without country',
      not_a_currency: 'not a currency',
      not_a_country: 'not a country',
      unknown_status: 'unknown status',
      unknown_kind: 'unknown kind',
      not_a_flag: 'not a flag',
      invisible_character: 'invisible character',
      too_long: 'too long',
      nested_column: 'nested column',
      wrong_column: 'wrong column',
      amount_missing: 'amount missing',
      ragged_record: 'ragged record',
      not_json: 'not json',
      not_an_object: 'not an object',
      repeated_name: 'repeated name',
      unknown_field: 'unknown field',
      not_a_feed: 'not a feed',
      unknown_extension: 'unknown extension',
      workbook: 'workbook',
      damaged_parquet: 'damaged parquet',
      too_many_records: 'too many records',
      unknown_source: 'unknown source',
      object_gone: 'object gone',
      empty_file: 'empty file',
      no_objects: 'no objects',
      not_text: 'not text',
      wrong_encoding: 'wrong encoding',
      nul_byte: 'nul byte',
      truncated_gzip: 'truncated gzip',
      inflates_too_much: 'inflates too much',
      file_too_large: 'file too large',
      unclosed_quote: 'unclosed quote',
      misplaced_quote: 'misplaced quote',
      oversize_record: 'oversize record',
      repeated_header: 'repeated header',
      unnamed_header: 'unnamed header',
      unknown_header: 'unknown header',
      missing_column: 'missing column',
      ambiguous_header: 'ambiguous header',
      count_differs: 'count differs',
      too_many_refused: 'too many refused',
    } satisfies Readonly<Record<Rule, string>>,
    /** By rule; ingestion says the same on arrival. */
    hint: hints as Readonly<Record<Rule, string>>,
  },
};
