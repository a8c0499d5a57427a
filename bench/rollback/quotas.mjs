import { MOMENTS } from './moments.mjs';

/** How many rollbacks each moment gets: the same for all, what is left over to the first ones. */
export function quotasOf(count) {
  const share = Math.floor(count / MOMENTS.length);
  const over = count % MOMENTS.length;
  return Object.fromEntries(
    MOMENTS.map((moment, index) => [moment, share + (index < over ? 1 : 0)]),
  );
}

/**
 * The moment to aim at next: one of those that lack the most, by lot; null when none lacks any.
 *
 * @param {Readonly<Record<string, number>>} quotas
 * @param {readonly {moment: string}[]} measured
 * @param {() => number} random 0 to 1
 */
export function nextMoment(quotas, measured, random) {
  const lacks = MOMENTS.map((moment) => ({
    moment,
    lack: quotas[moment] - timesOf(moment, measured),
  }));
  const most = Math.max(...lacks.map(({ lack }) => lack));
  if (most <= 0) return null;
  const choice = lacks.filter(({ lack }) => lack === most);
  return choice[Math.floor(random() * choice.length)].moment;
}

/** What is still to be measured, over all moments. */
export function lacking(quotas, measured) {
  return MOMENTS.reduce(
    (sum, moment) => sum + Math.max(0, quotas[moment] - timesOf(moment, measured)),
    0,
  );
}

function timesOf(moment, measured) {
  return measured.filter((one) => one.moment === moment).length;
}
