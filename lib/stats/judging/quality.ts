/** Forecasts of groups of customers against what came: three columns of equal length. */
export interface ForecastAndActual {
  readonly forecast: Float64Array;
  readonly actual: Float64Array;
  readonly count: Float64Array;
}

/** How wrong a forecast was, over all customers. Null where the actual total is 0. */
export interface Quality {
  readonly countCustomers: number;
  readonly actualTotal: number;
  readonly forecastTotal: number;
  /** forecast total ÷ actual total − 1. */
  readonly bias: number | null;
  readonly meanAbsoluteError: number;
  readonly rmse: number;
  /** Gini of the actual in the order of the forecast ÷ Gini in its own order: 1 ranks perfectly. */
  readonly gini: number | null;
  /** Share of the actual total that the first 10 % (20 %) of customers by forecast brought. */
  readonly top10Capture: number | null;
  readonly top20Capture: number | null;
}

/** Customers with equal forecasts share their actual evenly, so no figure depends on row order. */
export function forecastQuality({ forecast, actual, count }: ForecastAndActual): Quality {
  let countCustomers = 0;
  let actualTotal = 0;
  let forecastTotal = 0;
  let absolute = 0;
  let squared = 0;
  for (let i = 0; i < count.length; i++) {
    const n = count[i]!;
    const error = forecast[i]! - actual[i]!;
    countCustomers += n;
    actualTotal += n * actual[i]!;
    forecastTotal += n * forecast[i]!;
    absolute += n * Math.abs(error);
    squared += n * error * error;
  }
  const hasActual = actualTotal > 0;
  const curve = concentration({ forecast, actual, count });
  const perfect = concentration({ forecast: actual, actual, count });
  return {
    countCustomers,
    actualTotal,
    forecastTotal,
    bias: hasActual ? forecastTotal / actualTotal - 1 : null,
    meanAbsoluteError: absolute / countCustomers,
    rmse: Math.sqrt(squared / countCustomers),
    gini: hasActual && giniOf(perfect) > 0 ? giniOf(curve) / giniOf(perfect) : null,
    top10Capture: hasActual ? captureAt(curve, 0.1) : null,
    top20Capture: hasActual ? captureAt(curve, 0.2) : null,
  };
}

/** Corners of the concentration curve: shares of customers and of the actual, best forecast first. */
interface Concentration {
  readonly customers: readonly number[];
  readonly actual: readonly number[];
}

function concentration({ forecast, actual, count }: ForecastAndActual): Concentration {
  const order = Uint32Array.from(count.keys()).sort((i, j) => forecast[j]! - forecast[i]! || i - j);
  const customers = [0];
  const captured = [0];
  let customersSoFar = 0;
  let actualSoFar = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    customersSoFar += count[i]!;
    actualSoFar += count[i]! * actual[i]!;
    const isLastOfTie = k + 1 === order.length || forecast[order[k + 1]!] !== forecast[i];
    if (isLastOfTie) {
      customers.push(customersSoFar);
      captured.push(actualSoFar);
    }
  }
  return {
    customers: customers.map((v) => v / customersSoFar),
    actual: captured.map((v) => v / actualSoFar),
  };
}

/** Twice the area between the curve and the diagonal. */
function giniOf({ customers, actual }: Concentration): number {
  let area = 0;
  for (let k = 1; k < customers.length; k++) {
    area += ((customers[k]! - customers[k - 1]!) * (actual[k]! + actual[k - 1]!)) / 2;
  }
  return 2 * area - 1;
}

function captureAt({ customers, actual }: Concentration, share: number): number {
  let k = 1;
  while (customers[k]! < share) k += 1;
  const along = (share - customers[k - 1]!) / (customers[k]! - customers[k - 1]!);
  return actual[k - 1]! + along * (actual[k]! - actual[k - 1]!);
}
