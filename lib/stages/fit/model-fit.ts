import { groupsOfNight, intervalsAt } from '../../forecast/count-groups.ts';
import { spendsOfNight } from '../../forecast/spends-of-night.ts';
import { weightsOf } from '../../forecast/stack-of-night.ts';
import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  COUNT_MODELS,
  type CountGroups,
  type CountModel,
  championOf,
  coarsenCounts,
  DROP_OUT_PRIOR,
  dropOutOf,
  type Fit,
  fitCountModel,
  fitGammaGamma,
  isDropOutTold,
  isUsableFit,
  LARGEST_CORRELATION,
  missingForModels,
  type Note,
  PARAMETERS_OF,
  type SpendGroups,
  spendFrequencyCorrelation,
  spendModelOf,
  staysWithin,
  type Weights,
  withAlive,
} from '../../stats/face.ts';
import { remarksText } from '../../tables/remark.ts';
import type { Night } from '../stage.ts';
import { historyDaysOf, historyFacts, withinHistory } from './history-facts.ts';
import { type StackLearned, stackLearned } from './stack-learned.ts';

/** Fits that score: parameters to a hundredth of their error are enough. */
const GROUPS_FOR_SCORING = 100_000;
/** A profile needs the shape of the likelihood, not its last digit. */
const GROUPS_FOR_PROFILE = 1500;

/** Fits every model on the counts of the night and weighs them: the rows of `model_fit`. */
export async function modelFitRows(night: Night): Promise<Row[]> {
  const historyDays = await historyDaysOf(night);
  const groups = withinHistory(await groupsOfNight(night), historyDays);
  const intervals = await intervalsAt(night, night.run.snapshotOn);
  const missing = missingForModels(historyFacts(groups, historyDays));
  const known = { groups, intervals };
  const coarse = { groups: coarsenCounts(groups, GROUPS_FOR_SCORING), intervals };
  const fits = COUNT_MODELS.map((model) => ({
    asFound: fitCountModel(model, known),
    scoring: fitCountModel(model, { ...coarse, prior: DROP_OUT_PRIOR }),
  }));
  const usable = new Set(
    fits
      .filter(({ scoring }) => isUsableFit(scoring))
      .map(({ scoring }) => scoring.model as CountModel),
  );
  const learned = await stackLearned(night, usable);
  const { weights, reasons } =
    missing.length === 0
      ? await weightsOfMonth(night, learned)
      : { weights: withAlive(new Map()), reasons: missing };
  const champion = championOf(weights);
  return [
    ...fits.flatMap(({ asFound, scoring }) => {
      const model = asFound.model as CountModel;
      const tells = model === (champion ?? COUNT_MODELS[0]);
      return fitRows(asFound, {
        scoring: isUsableFit(scoring) ? scoring.parameters : {},
        weight: weights.get(model)?.orders ?? null,
        isChampion: model === champion,
        reasons: tells ? reasons : [],
      });
    }),
    ...spendRows(await spendsOfNight(night)),
    ...learnedRows(learned, groups),
    ...dropOutRows(fits, { weights, groups }),
  ];
}

/** The weights of docs/models.md, held within a month and while they would hardly move. */
async function weightsOfMonth(
  { engine, parameters, run, pointer }: Night,
  { weights: proposed, countCuts }: StackLearned,
): Promise<{ readonly weights: Weights; readonly reasons: readonly Note[] }> {
  const before = weightsOf(
    await engine.read(
      bind(
        `select distinct model, weight from model_fit
         where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id
           and weight is not null
         order by model`,
        parameters,
      ),
    ),
  );
  const isSameMonth = pointer?.current.snapshotOn.slice(0, 7) === run.snapshotOn.slice(0, 7);
  const areSameModels =
    before.size === proposed.size && [...proposed.keys()].every((model) => before.has(model));
  if (areSameModels && isSameMonth) {
    return { weights: before, reasons: [{ code: 'weights_of_month' }] };
  }
  if (staysWithin(before, proposed))
    return { weights: before, reasons: [{ code: 'weights_stay' }] };
  const code = countCuts === 0 ? 'no_back_test' : 'weights_of_cuts';
  return { weights: proposed, reasons: [{ code, figures: { cuts: countCuts } }] };
}

/** Gamma-Gamma takes spend to be independent of frequency: what the data say of that. */
function independenceNotes(spends: SpendGroups): Note[] {
  const correlation = spendFrequencyCorrelation(spends);
  if (correlation === null) return [];
  const found = correlation.toFixed(2);
  return Math.abs(correlation) > LARGEST_CORRELATION
    ? [{ code: 'spend_correlation_too_high', figures: { found, most: LARGEST_CORRELATION } }]
    : [{ code: 'spend_correlation', figures: { found } }];
}

function spendRows(spends: SpendGroups): Row[] {
  const fit = fitGammaGamma(spends);
  let value = 0;
  let occasions = 0;
  spends.frequency.forEach((x, i) => {
    value += x * (spends.count[i] as number) * (spends.meanSpend[i] as number);
    occasions += x * (spends.count[i] as number);
  });
  return fitRows(fit, {
    scoring: { ...spendModelOf(fit, occasions > 0 ? value / occasions : 0) },
    weight: null,
    isChampion: false,
    reasons: independenceNotes(spends),
  });
}

/** What the cuts taught, as parameters of models of their own. */
function learnedRows({ aliveSlope, basketFactor }: StackLearned, { count }: CountGroups): Row[] {
  const countCustomers = count.reduce((sum, n) => sum + n, 0);
  return [
    { model: 'alive_map', parameter: 'slope', estimate: aliveSlope },
    { model: 'basket_drift', parameter: 'factor', estimate: basketFactor },
  ].flatMap(({ model, parameter, estimate }) =>
    estimate === null
      ? []
      : [
          {
            model,
            parameter,
            estimate,
            scoring_estimate: estimate,
            count_customers: countCustomers,
            status: 'converged',
            is_champion: false,
          },
        ],
  );
}

/** How many leave after an order, by the heaviest of the models that let them, and whether it is told. */
function dropOutRows(
  fits: readonly { readonly asFound: Fit; readonly scoring: Fit }[],
  { weights, groups }: { readonly weights: Weights; readonly groups: CountGroups },
): Row[] {
  const alive = (fit: Fit) => weights.get(fit.model as CountModel)?.alive ?? 0;
  const [heaviest] = fits
    .filter(({ scoring }) => alive(scoring) > 0)
    .toSorted((left, right) => alive(right.scoring) - alive(left.scoring));
  if (heaviest === undefined) return [];
  const { asFound, scoring } = heaviest;
  const isTold = isDropOutTold(coarsenCounts(groups, GROUPS_FOR_PROFILE), { scoring });
  const chance = ({ model, parameters }: Fit) => dropOutOf(model as CountModel, parameters);
  return [
    {
      model: 'drop_out',
      parameter: 'chance',
      estimate: isUsableFit(asFound) ? chance(asFound) : null,
      scoring_estimate: chance(scoring),
      count_customers: scoring.countCustomers,
      status: isTold ? 'converged' : 'not_identified',
      is_champion: false,
    },
  ];
}

function fitRows(
  fit: Fit,
  {
    scoring,
    weight,
    isChampion,
    reasons,
  }: {
    readonly scoring: Readonly<Record<string, number>>;
    readonly weight: number | null;
    readonly isChampion: boolean;
    readonly reasons: readonly Note[];
  },
): Row[] {
  const note = remarksText([...reasons, ...fit.notes]);
  return PARAMETERS_OF[fit.model].map((parameter) => ({
    model: fit.model,
    parameter,
    estimate: fit.parameters[parameter] ?? null,
    scoring_estimate: scoring[parameter] ?? null,
    weight,
    standard_error: fit.standardErrors[parameter] ?? null,
    log_likelihood: fit.logLikelihood,
    count_customers: fit.countCustomers,
    status: fit.status,
    note,
    is_champion: isChampion,
  }));
}
