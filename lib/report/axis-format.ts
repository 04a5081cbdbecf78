/** How an axis writes numbers up to this one: `40,000`, beyond a million `1.5M` (d3-format). */
export function axisFormat(figures: readonly number[]): string {
  const greatest = figures.reduce((max, figure) => Math.max(max, Math.abs(figure)), 0);
  if (greatest >= 1_000_000) return '~s';
  return greatest > 0 && greatest < 5 ? ',~f' : ',.0f';
}
