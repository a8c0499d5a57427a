import type { VerifyConfig } from '../domain/deployment';
import { formatSeconds } from '../domain/format/duration';
import type { PerformanceThresholds } from '../domain/monitoring/performance';
import type { StrategyConfig } from '../domain/rollout/strategy';
import { LOCAL_TARGET } from '../domain/targets/local';
import type { EnvironmentConfig } from './belay-config';
import { DEFAULTS, LONGEST_FACTOR } from './defaults';

export interface VerifyReading {
  readonly verify: VerifyConfig;
  /** Where it lasts longer than the file says. */
  readonly notes: readonly string[];
}

/** The watch at 100 %: what the file says of it, and long enough for the performance thresholds. */
export function readVerification(
  environment: EnvironmentConfig,
  strategy: StrategyConfig,
): VerifyReading {
  const said = environment.verify ?? stepAtWhole(strategy) ?? DEFAULTS.verify;
  const { thresholds } = environment.monitoring.performance;
  return thresholds === null ? { verify: said, notes: [] } : longEnough(said, thresholds);
}

/** A canary step at 100 is the watch at 100 % under another name. */
function stepAtWhole(strategy: StrategyConfig): VerifyConfig | undefined {
  const steps = strategy.kind === 'canary' ? strategy.steps : [];
  return steps.find(({ weight }) => weight === 100)?.bake;
}

/** The window must have been seen whole, and its requests must have come, before anything can be held against it. */
function longEnough(said: VerifyConfig, thresholds: PerformanceThresholds): VerifyReading {
  const { resolutionMs, lagMs } = LOCAL_TARGET;
  const leastMs = Math.max(said.leastMs, thresholds.windowMs + lagMs);
  const isSeen = said.longestMs >= leastMs + resolutionMs + lagMs;
  const verify = {
    leastMs,
    longestMs: isSeen ? said.longestMs : leastMs * LONGEST_FACTOR,
    minimumRequests: Math.max(said.minimumRequests, thresholds.minimumRequests),
  };
  return { verify, notes: changeNotes(said, verify, thresholds) };
}

function changeNotes(
  said: VerifyConfig,
  verify: VerifyConfig,
  { windowMs }: PerformanceThresholds,
): readonly string[] {
  const changes = [
    ...changeOf('at least', formatSeconds(said.leastMs), formatSeconds(verify.leastMs)),
    ...changeOf('at most', formatSeconds(said.longestMs), formatSeconds(verify.longestMs)),
    ...(verify.minimumRequests === said.minimumRequests
      ? []
      : [`until ${verify.minimumRequests} requests have come instead of ${said.minimumRequests}`]),
  ];
  if (changes.length === 0) return [];
  return [
    `The watch at 100 % lasts ${changes.join(', ')}: performance is judged over ${formatSeconds(windowMs)} (\`performance.window\`), seen ${formatSeconds(LOCAL_TARGET.lagMs)} late.`,
  ];
}

function changeOf(word: string, said: string, now: string): readonly string[] {
  return said === now ? [] : [`${word} ${now} instead of ${said}`];
}
