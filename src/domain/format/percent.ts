import { formatDecimal } from './decimal';

/** `3.2 %`. Small values keep two decimals, so that 0.04 % does not read as nothing; below that it says `<0.01 %`. */
export function formatPercent(percent: number): string {
  if (percent > 0 && percent < 0.005) return '<0.01 %';
  return `${formatDecimal(percent, Math.abs(percent) < 1 ? 2 : 1)} %`;
}

/** A percentage next to its limit: as many decimals as it takes to tell the two apart (5.04 % of 5 %). */
export function formatPercentAgainst(percent: number, limit: number): string {
  const differs = (decimals: number): boolean =>
    formatDecimal(percent, decimals) !== formatDecimal(limit, decimals);
  const decimals = [1, 2, 3, 4, 5, 6].find(differs);
  return percent === limit || decimals === undefined || decimals < 2
    ? formatPercent(percent)
    : `${formatDecimal(percent, decimals)} %`;
}
