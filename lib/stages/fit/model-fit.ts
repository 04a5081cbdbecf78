import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  COUNT_MODELS,
  type CountModel,
  chooseChampion,
  type Fit,
  fitCountModel,
  fitGammaGamma,
  isUsableFit,
  LARGEST_CORRELATION,
  type ModelName,
  missingForModels,
  type Note,
  PARAMETERS_OF,
  type SpendGroups,
  spendFrequencyCorrelation,
} from '../../stats/face.ts';
import { remarksText } from '../../tables/remark.ts';
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
  const { champion, reasons } =
    missing.length === 0 ? await championOf(night, fits) : { champion: null, reasons: missing };
  return [
    ...fits.flatMap((fit) => fitRows(fit, { isChampion: fit.model === champion, reasons })),
    ...fitRows(fitGammaGamma(spends), { isChampion: false, reasons: independenceNotes(spends) }),
  ];
}

/** The champion rule of docs/models.md, held from night to night within a month. */
async function championOf(
  { engine, parameters, run, pointer }: Night,
  fits: readonly Fit[],
): Promise<{ readonly champion: CountModel | null; readonly reasons: readonly Note[] }> {
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
    const reasons: Note[] = [{ code: 'chosen_this_month', figures: { model: incumbent } }];
    return { champion: incumbent, reasons };
  }
  const quality = await engine.read(
    bind(
      `select cut_on, model, rmse, forecast_orders, actual_orders from model_quality
       where snapshot_on = :as_of and run_id = :run_id order by cut_on, model`,
      parameters,
    ),
  );
  const cuts = Map.groupBy(quality, ({ cut_on }) => cut_on).values();
  const { champion, reason } = chooseChampion({
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
  return { champion, reasons: [reason] };
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

/** Models whose note tells the reasons although they are not the champion. */
const notesOwnReason: ReadonlySet<ModelName> = new Set(['mbg_nbd', 'gamma_gamma']);

function fitRows(
  fit: Fit,
  { isChampion, reasons }: { readonly isChampion: boolean; readonly reasons: readonly Note[] },
): Row[] {
  const tellsReasons = isChampion || notesOwnReason.has(fit.model);
  const note = remarksText([...(tellsReasons ? reasons : []), ...fit.notes]);
  return PARAMETERS_OF[fit.model].map((parameter) => ({
    model: fit.model,
    parameter,
    estimate: fit.parameters[parameter] ?? null,
    standard_error: fit.standardErrors[parameter] ?? null,
    log_likelihood: fit.logLikelihood,
    count_customers: fit.countCustomers,
    status: fit.status,
    note,
    is_champion: isChampion,
  }));
}
