/** One-sided: the truth is above it in one of twenty such runs. */
const DOUBT = 0.05;
const steps = 60;

/**
 * The largest failure rate, in percent, that so few failures leave possible with 95 % confidence: of 0 failures about
 * 3 ÷ requests (the rule of three). Null of no requests.
 */
export function upperBoundPercent(failed, requests) {
  if (requests === 0) return null;
  let low = failed;
  let high = failed + 10 + 5 * Math.sqrt(failed + 1);
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(failed, middle) > DOUBT) low = middle;
    else high = middle;
  }
  return Math.min(100, (100 * high) / requests);
}

/** Of Poisson's distribution, with so many failures expected. */
function chanceOfAtMost(failed, expected) {
  let term = Math.exp(-expected);
  let sum = term;
  for (let n = 1; n <= failed; n += 1) {
    term *= expected / n;
    sum += term;
  }
  return sum;
}
