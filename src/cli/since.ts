const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 60 * 60_000,
  d: 24 * 60 * 60_000,
  w: 7 * 24 * 60 * 60_000,
};

const SPAN = /^(\d+(?:\.\d+)?)([mhdw])$/;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** The moment (epoch ms) that `7d`, `12h`, `2026-11-01` or an ISO time means; without a zone it is UTC. Null: none of these. */
export function sinceOf(text: string, nowMs: number): number | null {
  const [, count, unit] = SPAN.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return nowMs - Number(count) * (UNITS[unit] ?? 0);
  const [, time, , , zone] = DATE.exec(text) ?? [null, undefined, undefined, undefined, undefined];
  if (!DATE.test(text)) return null;
  const moment = Date.parse(time !== undefined && zone === undefined ? `${text}Z` : text);
  return Number.isNaN(moment) ? null : moment;
}
