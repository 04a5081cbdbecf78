import {
  type CountGroups,
  fitGammaGamma,
  gammaGammaExpectedSpend,
  spendModelOf,
} from '../../stats/face.ts';

/** What an occasion of each group's customers was taken to bring at a cut; 0 where nobody spent. */
export function spendAtCut(
  { frequency, count }: CountGroups,
  {
    repeatValue,
    averageValue,
  }: {
    /** Mean value of the repeat occasions of a customer of the group, and of all of them. */
    readonly repeatValue: Float64Array;
    readonly averageValue: Float64Array;
  },
): Float64Array {
  const paid = [...frequency.keys()].filter(
    (i) => (frequency[i] as number) > 0 && (repeatValue[i] as number) > 0,
  );
  const columnOf = (column: Float64Array) => Float64Array.from(paid, (i) => column[i] as number);
  const fit = fitGammaGamma({
    frequency: columnOf(frequency),
    meanSpend: columnOf(repeatValue),
    count: columnOf(count),
  });
  let value = 0;
  let occasions = 0;
  for (let i = 0; i < count.length; i++) {
    const ofGroup = (count[i] as number) * ((frequency[i] as number) + 1);
    value += ofGroup * (averageValue[i] as number);
    occasions += ofGroup;
  }
  const model = spendModelOf(fit, value / occasions);
  return frequency.map((x, i) =>
    model === null
      ? 0
      : gammaGammaExpectedSpend(model, { frequency: x, meanSpend: repeatValue[i] as number }),
  );
}
