/** A month of horizon: 30.4375 days, one twelfth of 365.25, in weeks. */
export const WEEKS_OF_MONTH = 30.4375 / 7;

/** Orders between the step before and `weeks` from now count `factor` each. */
export interface DiscountStep {
  readonly weeks: number;
  readonly factor: number;
}

/** Month m ends m months from now and is discounted at its middle: (1+d)^−((m−0.5)/12). */
export function midMonthSchedule(months: number, annualDiscountRate: number): DiscountStep[] {
  if (!Number.isInteger(months) || months < 1) {
    throw new Error(`Cannot discount: a horizon must be a whole number of months: found ${months}`);
  }
  if (!(annualDiscountRate > -1)) {
    throw new Error(
      `Cannot discount: an annual rate above -1 is needed: found ${annualDiscountRate}`,
    );
  }
  return Array.from({ length: months }, (_, month) => ({
    weeks: (month + 1) * WEEKS_OF_MONTH,
    factor: (1 + annualDiscountRate) ** (-(month + 0.5) / 12),
  }));
}
