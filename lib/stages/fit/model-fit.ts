import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { COUNT_MODELS, fitCountModel } from '../../stats/judging/back-test.ts';
import { chooseChampion } from '../../stats/judging/champion.ts';
import { missingForModels } from '../../stats/judging/data-gate.ts';
import type { SpendGroups } from '../../stats/models/counts.ts';
import {
  type CountModel,
  type Fit,
  isUsableFit,
  type ModelName,
  PARAMETERS_OF,
} from '../../stats/models/fit.ts';
import { fitGammaGamma } from '../../stats/models/gamma-gamma.ts';
import {
  LARGEST_CORRELATION,
  spendFrequencyCorrelation,
} from '../../stats/models/spend-independence.ts';
import type { Night } from '../stage.ts';
import { countGroups, intervalCounts } from './count-groups.ts';
import { historyFacts } from './history-facts.ts';
import { spendsOfNight } from './spends-of-night.ts';

/** Fits every model on the counts of the night and names the champion: the rows of `model_fit`. */
export async function modelFitRows(night: Night): Promise<Row[]> {
  const { engine, parameters } = night;
  const groups = countGroups(
    await engine.read(
      bind(
        `select frequency, recency_days, age_days, count_customers from purchase_count
         where snapshot_on = :as_of and run_id = :run_id
         order by frequency, recency_days, age_days`,
        parameters,
      ),
    ),
  );
  const intervals = intervalCounts(
    await engine.read(
      bind(
        `select interval_days, count_intervals from interval_count
         where snapshot_on = :as_of and run_id = :run_id and cut_on = :as_of
         order by interval_days`,
        parameters,
      ),
    ),
  );
  const spends = await spendsOfNight(night);
  const fits = COUNT_MODELS.map((model) => fitCountModel(model, { groups, intervals }));
  const missing = missingForModels(historyFacts(groups));
  const { champion, reason } =
    missing.length === 0
      ? await championOf(night, fits)
      : { champion: null, reason: `No model is published: ${missing.join('; ')}.` };
  return [
    ...fits.flatMap((fit) => fitRows(fit, { isChampion: fit.model === champion, reason })),
    ...fitRows(fitGammaGamma(spends), { isChampion: false, reason: independenceNote(spends) }),
  ];
}

/** The champion rule of docs/models.md, held from night to night within a month. */
async function championOf(
  { engine, parameters, run, pointer }: Night,
  fits: readonly Fit[],
): Promise<{ readonly champion: CountModel | null; readonly reason: string }> {
  const usable = new Set(fits.filter(isUsableFit).map(({ model }) => model as CountModel));
  const [before] = await engine.read(
    bind(
      `select model from model_fit
       where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id and is_champion
       order by model limit 1`,
      parameters,
    ),
  );
  const incumbent = before === undefined ? undefined : (String(before.model) as CountModel);
  const isSameMonth = pointer?.current.snapshotOn.slice(0, 7) === run.snapshotOn.slice(0, 7);
  if (incumbent !== undefined && isSameMonth && usable.has(incumbent)) {
    return { champion: incumbent, reason: `${incumbent} was chosen this month.` };
  }
  const quality = await engine.read(
    bind(
      `select cut_on, model, rmse, forecast_orders, actual_orders from model_quality
       where snapshot_on = :as_of and run_id = :run_id order by cut_on, model`,
      parameters,
    ),
  );
  const cuts = Map.groupBy(quality, ({ cut_on }) => cut_on).values();
  return chooseChampion({
    cuts: [...cuts].map((rows) =>
      rows.map(({ model, rmse, forecast_orders, actual_orders }) => ({
        model: String(model) as CountModel,
        quality:
          rmse == null
            ? null
            : {
                rmse: Number(rmse),
                forecastTotal: Number(forecast_orders),
                actualTotal: Number(actual_orders),
              },
      })),
    ),
    usable,
    ...(incumbent === undefined ? {} : { incumbent }),
  });
}

/** Gamma-Gamma takes spend to be independent of frequency: what the data say of that. */
function independenceNote(spends: SpendGroups): string | null {
  const correlation = spendFrequencyCorrelation(spends);
  if (correlation === null) return null;
  const warning =
    Math.abs(correlation) > LARGEST_CORRELATION
      ? ' Above 0.3 the expected value of an occasion is not to be trusted for frequent customers.'
      : '';
  return `Correlation of frequency and spend: ${correlation.toFixed(2)}.${warning}`;
}

/** Models whose note tells the reason although they are not the champion. */
const notesOwnReason: ReadonlySet<ModelName> = new Set(['mbg_nbd', 'gamma_gamma']);

function fitRows(
  fit: Fit,
  { isChampion, reason }: { readonly isChampion: boolean; readonly reason: string | null },
): Row[] {
  const notes = [...fit.warnings];
  if (reason !== null && (isChampion || notesOwnReason.has(fit.model))) notes.unshift(reason);
  return PARAMETERS_OF[fit.model].map((parameter) => ({
    model: fit.model,
    parameter,
    estimate: fit.parameters[parameter] ?? null,
    standard_error: fit.standardErrors[parameter] ?? null,
    log_likelihood: fit.logLikelihood,
    count_customers: fit.countCustomers,
    status: fit.status,
    note: notes.length > 0 ? notes.join(' ') : null,
    is_champion: isChampion,
  }));
}
