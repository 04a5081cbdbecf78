import type { FeedName } from '../feeds/all.ts';
import { hints, type Rule } from '../feeds/rules.ts';
import type { kpiRows } from '../report/kpi-rows.ts';
import type { Baseline, FitStatus, ModelName, NoteCode } from '../stats/face.ts';

type Method =
  | `stack+${'gamma_gamma' | 'mean_spend'}`
  | 'cohort_mean'
  | 'too_little_history'
  | 'no_order';

type Kpi = (typeof kpiRows)[number]['column'];

/** Every word that a person reads in English. A name in braces is the place of a figure. */
export const en = {
  language: 'en',
  /** How numbers, amounts and days are written. */
  formats: {
    thousands: ',',
    decimal: '.',
    percent: ' %',
    money: (number: string, sign: string) => sign + number,
    isOne: (count: number) => count === 1,
    months: [
      ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
      ...['September', 'October', 'November', 'December'],
    ],
    shortMonths: [
      ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    ],
    day: (day: number, month: string, year: string) => `${day} ${month} ${year}`,
    halfYear: (half: 1 | 2, year: string) => `${half === 1 ? '1st' : '2nd'} half of ${year}`,
  },
  /** What is counted: one, and several. */
  counted: {
    file: ['file', 'files'],
    record: ['record', 'records'],
    customer: ['customer', 'customers'],
    week: ['week', 'weeks'],
    day: ['day', 'days'],
  },
  /** Words of the codes in the tables, by kind: the rows of the table `label`. */
  labels: {
    scheme: {
      rfm: 'Recency, frequency and value',
      rfm_plain: 'Recency, frequency and value, without a model',
    },
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
      wait_without_spending: 'Spend nothing on them until they show interest again',
      last_attempt_only: 'Spend nothing on them except a last attempt',
    },
    model: {
      bg_nbd: 'BG/NBD',
      mbg_nbd: 'MBG/NBD',
      pareto_nbd: 'Pareto/NBD',
      bg_cnbd_k: 'BG/CNBD-k',
      mbg_cnbd_k: 'MBG/CNBD-k',
      gamma_gamma: 'Gamma-Gamma',
      stack: 'Weighted mean of the models',
      alive_map: 'Customers who paused',
      basket_drift: 'Drift of the basket',
      drop_out: 'Customers who leave after an order',
      zero: 'No further order',
      repeat_rate: 'Orders a year as so far',
      simple_formula: 'Average order × orders a year',
      last_period: 'The same as in the period before',
    } satisfies Readonly<
      Record<ModelName | Baseline | 'stack' | 'alive_map' | 'basket_drift' | 'drop_out', string>
    >,
    method: {
      'stack+gamma_gamma': 'Models of when each customer buys and how much they spend',
      'stack+mean_spend':
        'Models of when each customer buys, with their own mean spend drawn towards that of all',
      cohort_mean: 'What older customers brought after the same age, for want of a model',
      too_little_history: 'None: too little history to tell what customers will bring',
      no_order: 'Never ordered: no prediction',
    } satisfies Readonly<Record<Method, string>>,
    fit_status: {
      converged: 'converged',
      no_dropout_seen: 'no dropout seen',
      everyone_lost: 'everyone lost',
      no_heterogeneity: 'no heterogeneity',
      infinite_mean: 'infinite mean',
      at_bound: 'at bound',
      on_ridge: 'on a ridge',
      not_converged: 'not converged',
      no_customers: 'no customers',
      no_repeat_orders: 'no repeat orders',
      invalid_input: 'invalid input',
      not_identified: 'not told by the data',
      baseline: 'baseline: nothing is fitted',
    } satisfies Readonly<Record<FitStatus | 'baseline' | 'not_identified', string>>,
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
      ridge:
        'The likelihood is flat along a ridge of {parameters}: they may change together and the forecast stays the same.',
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
      weights_of_month: 'The weights were set this month.',
      weights_stay: 'The weights would hardly move: they stay.',
      weights_of_cuts: 'The weights are set by how the models did at {cuts} earlier cuts.',
      no_back_test: 'No earlier cut could compare the models: their weights are equal.',
    } satisfies Readonly<Record<NoteCode, string>>,
    ranked_by: { predicted: 'Expected value', booked: 'Net sales of the last 12 months' },
    value_basis: {
      contribution: 'Contribution: net sales after cost of goods',
      net_sales: 'Net sales: too few costs of goods are known',
    },
    cost_basis: {
      product: 'Unit cost of the product',
      margin_rate: 'Estimated by the margin rate of the configuration',
      category: 'Estimated by the known costs of the category',
      unknown: 'Not known',
    },
    period: { month: 'Month', half_year: 'Half-year', year: 'Year' },
    dimension: {
      total: 'Company',
      channel: 'Channel',
      acquisition_month: 'Month of the first order',
      acquisition_channel: 'Channel of the first order',
      rfm: 'Group by recency and frequency',
    },
    op: { upsert: 'Add or update', remove: 'Remove' },
    identifier: {
      source_id: 'Number in a source',
      email: 'E-mail',
      phone: 'Phone',
      loyalty_id: 'Loyalty card',
    },
    match_level: {
      exact: 'Told by a current record',
      strict: 'Told by an earlier record, or spelled in another way',
      loose: 'A phone number alone',
    },
    guard_reason: {
      placeholder: 'Stands where nothing is known',
      different_people: 'Two or three customers who plainly differ',
      many_names: 'Customers with many names',
      many_birthdays: 'Customers with many dates of birth',
      many_phones: 'Customers with many phone numbers',
      many_unknown: 'Many customers of whom nothing else is known',
    },
    /** What to do about an identifier that is guarded, by its reason. */
    guard_action: {
      placeholder: 'Leave the column empty in the source where nothing is known',
      different_people:
        'If they are one person, mend the name or date of birth in the source; else nothing',
      many_names:
        'If it is a shared mailbox, add it to the setting placeholders; else mend the names',
      many_birthdays: 'Mend the dates of birth in the source, or leave a shared address out of it',
      many_phones: 'Deliver the names of these customers, so that it is seen whether they are one',
      many_unknown: 'Deliver the names of these customers, so that it is seen whether they are one',
    },
    feed: {
      orders: 'orders',
      customers: 'customers',
      products: 'products',
    } satisfies Readonly<Record<FeedName, string>>,
    load_status: { loaded: 'loaded', refused: 'refused' },
    quarantine_effect: { value: 'value left out', record: 'record refused', file: 'file refused' },
    delivers: {
      append: 'New rows are added',
      changed_lines: 'Lines that changed',
      snapshot: 'The whole of its source',
    },
    waiting: {
      no_rate: 'no exchange rate for the currency',
      does_not_add_up: 'lines less the discount of the order are not its subtotal',
      amounts_differ: 'lines of the order tell different amounts of the whole order',
    },
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
      not_a_share: 'discount is no share',
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
      no_reference: 'no reference',
      ragged_record: 'ragged record',
      not_json: 'not json',
      not_an_object: 'not an object',
      repeated_name: 'repeated name',
      unknown_field: 'unknown field',
      unusable_name: 'unusable file name',
      unusable_time: 'unusable time',
      no_access: 'no right to read it',
      not_a_file: 'no file with content',
      too_heavy: 'needs too much memory',
      unreadable: 'the reader failed on it',
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
  /** The rows of the tables by year and half-year. */
  kpis: {
    net_sales: 'Net sales',
    gross_margin: 'Gross margin',
    orders: 'Orders',
    average_order_value: 'Average order, before returns',
    average_basket: 'Average basket, after returns',
    items_per_order: 'Pieces an order',
    customers: 'Customers who ordered',
    activity_rate: '… as a share of everyone who had ordered by then',
    new_customers: '… for the first time',
    repurchase_rate: '… who came back: their order was not the first',
    retention_rate: 'Customers of the period before who ordered again',
    purchase_frequency: 'Orders per customer',
    discount_rate: 'Given as discount, of sales before discount',
    return_rate: 'Returned, of sales after discount',
  } satisfies Readonly<Record<Kpi, string>>,
  page: {
    footer: (runId: string) =>
      `Made by Clientele from the tables of run ${runId}. It holds no data of single persons.`,
    showNumbers: 'Show the numbers',
    pictureSays: (title: string, explains: string) =>
      `${title}. ${explains} The numbers are in the table below.`,
  },
  report: {
    title: (day: string) => `What your customers are worth, ${day}`,
    heading: 'What your customers are worth',
    lead: (day: string, currency: string) =>
      `As of ${day}, in ${currency || 'the currency of the files, which nothing names'}.`,
  },
  headline: {
    heading: 'The last 12 months, and the next',
    netSales: 'Net sales',
    change: (change: string) => `${change} on the 12 months before`,
    noYearBefore: 'no earlier year to compare with',
    grossMargin: 'Gross margin',
    ofNetSales: (share: string) => `${share} of net sales`,
    noCostKnown: (share: string) =>
      `not known: products tell the cost of ${share} of the sales, 95 % is needed`,
    estimatedCost: (ofNetSales: string, share: string) =>
      `${ofNetSales}; cost of ${share} of the sales estimated by a rate`,
    customers: 'Customers who ordered',
    ofAll: (customers: string) => `of ${customers} who ever ordered`,
    averageOrder: 'Average order',
    orders: (orders: string) => `${orders} orders`,
    expected: 'Sales expected in the next 12 months',
    interval: (low: string, high: string) =>
      `eight times in ten between ${low} and ${high}; before returns, from customers of today`,
    alive: 'Customers likely still with you',
    noModel: 'cannot be told: the history does not yet tell who has left',
    aliveShare: (share: string, customers: string) => `${share} of ${customers} who ever ordered`,
    note: 'Net sales are after discounts and returns and before tax. They include sales to people without a name; everything about customers leaves those out.',
    oneProspect: 'One more person is known and has not ordered.',
    prospects: (people: string) => `${people} more people are known and have not ordered.`,
  },
  sales: {
    heading: 'Sales',
    none: 'No sales yet.',
    title: 'Net sales by month',
    channels: 'Each bar is a month, its colours the channels through which the orders came.',
    oneChannel: (channel: string) =>
      `Each bar is a month. All orders came through one channel: ${channel}.`,
    caption: 'Net sales by month and channel',
    month: 'Month',
    all: 'All',
    yearByYear: 'Year by year',
    years: 'Years',
    showHalfYears: 'Show half-years',
    halfYears: 'Half-years',
    inThePeriod: 'In the period',
    soFar: (period: string) => `${period} so far`,
  },
  customers: {
    heading: 'Customers',
    none: 'No orders yet.',
    title: 'Customers who ordered, by month',
    explains: 'Each bar counts the customers with an order in that month.',
    axis: 'customers',
    month: 'Month',
    returning: 'Ordered the month before too',
    reactivated: 'Came back after a pause',
    first: 'First order',
    all: 'All who ordered',
    lost: 'Ordered the month before and not in this one',
  },
  /** KPI by month, as curves. */
  curves: {
    average_basket: { title: 'Average basket', explains: 'Net sales divided by orders.' },
    repurchase_rate: {
      title: 'Customers who came back',
      explains: 'Share of the customers of the month with an order that was not their first.',
    },
    discount_rate: {
      title: 'Given as discount',
      explains: 'Discounts as a share of sales before discount.',
    },
    return_rate: {
      title: 'Returned',
      explains: 'Returned goods as a share of sales after discount.',
    },
    month: 'Month',
    byMonth: (title: string) => `${title}, by month`,
  },
  /** What an expected value is, and how it is headed. */
  valueBasis: { contribution: 'contribution', net_sales: 'net sales' },
  expected: (basis: string) => `Expected ${basis}, next 12 months`,
  value: {
    heading: 'What customers are worth',
    none: 'No customer has a prediction yet.',
    lead: (share: string, basis: string) =>
      `The most valuable tenth of your customers holds ${share} of the ${basis} that all are expected to bring in the next 12 months.`,
    forecast: (expected: string, { low, high }: { low: string; high: string }, misses: string) =>
      `Sales expected from today’s customers in the next 12 months, before returns: ${expected}, eight times in ten between ${low} and ${high}${misses}.`,
    misses: (misses: readonly string[]) =>
      misses.length === 0
        ? ', which no earlier forecast of this shop has been held to yet'
        : `; earlier forecasts of this shop, held to what came, were ${misses.join(', ')}`,
    miss: (share: string, isHigh: boolean, days: string) =>
      `${share} too ${isHigh ? 'high' : 'low'} (${days} ahead)`,
    tenths: {
      title: 'Who holds the expected value',
      explains: 'Customers in ten groups of equal size, and the share of the value each holds.',
      axis: 'tenth of the customers, best first',
      caption: 'Expected value of the next 12 months by tenth of the customers',
      tenth: 'Tenth',
      first: '1 (most valuable)',
      customers: 'Customers',
      share: 'Share of all',
      netSales: 'Net sales, last 12 months',
    },
    bins: {
      title: 'How much a customer is expected to bring',
      explains: 'Customers by expected value of the next 12 months. The steps widen to the right.',
      caption: 'Customers by expected value of the next 12 months',
      axis: (currency: string, basis: string) =>
        `${currency} of ${basis} a customer, next 12 months`,
      bin: (currency: string, basis: string) => `${currency} of ${basis} a customer`,
      customers: 'Customers',
      customersAxis: 'customers',
      together: 'Expected together',
      all: 'all',
      below: (to: string) => `below ${to}`,
      from: (from: string) => `${from} +`,
      between: (from: string, to: string) => `${from}–${to}`,
    },
  },
  groups: {
    heading: 'Groups of customers',
    none: 'No customer has ordered yet.',
    caption: 'The groups, those with the most expected value first',
    captionBooked: 'The groups, those with the most sales first: what they will bring is not known',
    group: 'Group',
    customers: 'Customers',
    netSales: 'Net sales, last 12 months',
    alive: 'Likely still with you',
    action: 'What to do',
    map: {
      title: 'Map of the customers',
      explains: (basis: string) =>
        `Each cell counts customers by how recently and how often they bought. The stronger its colour, the more ${basis} one of them is expected to bring in the next 12 months. Rows and columns are fifths of the customers; equal ones are kept together, so a cell may be empty.`,
      caption: 'Customers by recency and frequency',
      often: 'how often they buy →',
      recently: 'how recently →',
      longestAgo: 'longest ago',
      mostRecently: 'most recently',
      fewestOrders: 'fewest orders',
      mostOrders: 'most orders',
      noCustomers: 'no customers',
      each: (money: string) => `${money} each`,
      recency: 'Recency (5 = latest)',
      frequency: 'Frequency (5 = most often)',
      expectedEach: (basis: string) => `Expected ${basis} each, next 12 months`,
    },
  },
  method: {
    heading: 'How the predictions were made',
    caption: 'Customers by what made their prediction',
    from: 'Prediction from',
    customers: 'Customers',
    showModels: 'Show the models and their parameters',
    modelsCaption: 'Models fitted to all customers; times are in weeks',
    model: 'Model',
    used: 'Used',
    result: 'Result',
    parameters: 'Parameters (± standard error)',
    logLikelihood: 'Log-likelihood',
    remark: 'Remark',
    isUsed: 'yes',
    isCompared: 'for comparison',
    purchaseModel: (model: string) => `${model} (when customers buy)`,
    spendModel: (model: string) => `${model} (how much they spend)`,
  },
  guarded: {
    heading: 'Addresses that join nobody',
    lead: 'What several people carry tells nobody apart: it joins no customers, and orders that name nothing else are of no customer. The table identity_guard has each of them.',
    caption: 'Identifiers that join nobody',
    kind: 'Kind',
    identifiers: 'Identifiers',
    carriers: 'Carried by',
    reason: 'Why',
    since: 'Since',
    action: 'What to do',
  },
  refused: {
    heading: 'What was read, and what was refused',
    read: (files: string, records: string, isOneFile: boolean) =>
      `${isOneFile ? 'One file' : files} with ${records} ${isOneFile ? 'was' : 'were'} read`,
    accepted: (records: string) => `${records} were accepted`,
    ignored: (records: string) => `${records} left out as the configuration says`,
    refused: (records: string) => `${records} refused, which count nowhere`,
    noneRefused: 'none refused',
    caption: 'Refused, by reason',
    file: 'File',
    records: 'Records',
    column: 'Column',
    reason: 'Reason',
    hint: 'What to do',
    wholeFile: 'whole file',
    wholeRecord: 'whole record',
    valueAlone: (column: string) => `${column}, left out of its record`,
    showFiles: 'Show every file',
    filesCaption: 'Files: records read = accepted + refused + left out by a declared rule',
    feed: 'What it holds',
    source: 'From',
    status: 'Result',
    acceptedRecords: 'Accepted',
    refusedRecords: 'Refused',
    ignoredRecords: 'Left out',
  },
  orderDecisions: {
    waiting: 'Orders that wait and count nowhere, in their own currency',
    replaced: 'Lines that a file took out of orders as they were delivered before',
    continued: 'Orders that were cut between numbered files, and are put together',
    undated: 'Orders given back on their own day, as their files tell no other',
    restarting: (source: string) =>
      `Order numbers of ${source === '' ? 'files of no source' : source} begin anew: an order is a number of a day and store.`,
    source: 'From',
    reason: 'Why',
    from: 'First day',
    to: 'Last day',
    file: 'File',
    orders: 'Orders',
    lines: 'Lines',
    amount: 'Amount',
  },
  /** The picture of a back-test, week by week. */
  tracking: {
    title: (day: string) => `Back-test of ${day}`,
    heading: 'Forecast against what customers did',
    lead: (customers: string, day: string) =>
      `Repeat orders of the ${customers} known on ${day}. The models know everything up to that day and nothing after it.`,
    atTheEnd: 'How far off at the end',
    weekByWeek: 'Week by week',
    actual: 'Actual',
    champion: (model: string) => `${model} (champion)`,
    soFar: 'Repeat orders so far',
    soFarExplains:
      'Each line adds up the repeat orders since the first customer came. Right of the dashed line is what the models had not seen.',
    byWeek: 'Repeat orders by week',
    byWeekExplains:
      'The same, each week by itself. Seasons and campaigns show as peaks that no model here knows of.',
    came: (orders: string, weeks: string) =>
      `${orders} repeat orders came in the ${weeks} after the cut. Forecast, and how far off:`,
    forecast: (model: string, orders: string) => `${model}: ${orders}`,
    note: "Here a model is told of each customer no more than the day of the first order, as in the papers where these pictures come from. The table of the command tells it each customer's history, so its figures differ.",
    week: 'Week',
    weekUpTo: 'Week up to',
  },
};
