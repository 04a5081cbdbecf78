/**
 * What is to be said of a fit or of a choice: a code, whose words stand in `lib/words`, and its
 * figures. The statistics know no language.
 */
export interface Note {
  readonly code: NoteCode;
  readonly figures?: Figures;
}

export type Figures = Readonly<Record<string, string | number>>;

export type NoteCode =
  // a fit that could not begin
  | 'invalid_input'
  | 'no_customers'
  | 'no_repeat_orders'
  | 'too_few_repeat_customers'
  // a fit that ended at a limit of its model
  | 'dying_rate_zero'
  | 'dying_rate_infinite'
  | 'stopping_probability_zero'
  | 'stopping_probability_one'
  | 'stops_at_once_or_never'
  | 'same_buying_rate'
  | 'same_dying_rate'
  | 'same_stopping_probability'
  | 'same_spend_at_every_occasion'
  | 'same_spend_of_all'
  | 'infinite_mean_spend'
  // how the search ended
  | 'no_likelihood'
  | 'bound_of_search'
  | 'gradient_too_large'
  | 'weak_parameter'
  // Gamma-Gamma takes spend to be independent of frequency
  | 'spend_correlation'
  | 'spend_correlation_too_high'
  // why no model is published
  | 'too_few_customers'
  | 'history_too_short'
  | 'no_recent_order'
  | 'nobody_ordered_three_times'
  // why a model is the champion
  | 'chosen_this_month'
  | 'no_back_test'
  | 'incumbent_not_eligible'
  | 'less_error'
  | 'too_little_gain';
