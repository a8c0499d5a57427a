import { CancellationScope, condition } from '@temporalio/workflow';
import type { WatchResult } from '../activities/watch';
import type { WatchInput } from '../activities/watch-input';
import type { Criterion } from '../domain/analysis/criterion';
import type { Step, Weights } from '../domain/rollout/plan';
import type { BakeLimits } from '../domain/rollout/strategy';
import { POLL_MS } from './activity-proxies';
import type { Deployment } from './deployment';
import { mayAlert, takeAlerts } from './take-alerts';

/** One stretch of watching. `woken`: a decision changed something. `unwatched`: the durable timer rang first. */
export type Watched =
  | { readonly kind: 'seen'; readonly seen: EndedWatch }
  | { readonly kind: 'woken' }
  | { readonly kind: 'unwatched' };

/** Changes of alerts are taken on the way, and the watch goes on. */
export type EndedWatch = WatchResult & { readonly end: Exclude<WatchResult['end'], 'alert'> };

export interface Watch {
  readonly step: Step;
  readonly weights: Weights;
  readonly limits: BakeLimits;
  readonly criteria: readonly Criterion[];
  readonly stepStartedAtMs: number;
  readonly leastAtMs: number | null;
  readonly longestAtMs: number;
  /** How long after the longest time the durable timer rings. */
  readonly graceMs: number;
  readonly wake: () => boolean;
}

/** Races the watcher, which owns its end, against a durable timer and against decisions. */
export async function watchFor(deployment: Deployment, watch: Watch): Promise<Watched> {
  const scope = new CancellationScope({ cancellable: true });
  try {
    const watched = await scope.run(() =>
      Promise.race([watching(deployment, watch), woken(watch)]),
    );
    if (watched.kind === 'seen') remember(deployment, watch, watched.seen);
    return watched;
  } finally {
    scope.cancel();
  }
}

async function watching(deployment: Deployment, watch: Watch): Promise<Watched> {
  const { watches } = deployment.activities;
  const input = inputOf(deployment, watch);
  // What is cut short is counted on the way back.
  deployment.lastWatch = input;
  const seen = await watches.watch.executeWithOptions({ summary: watch.step.summary }, [input]);
  takeAlerts(deployment, seen.alerts);
  if (hasEnded(seen)) return { kind: 'seen', seen };
  deployment.progress.watched(seen);
  return watching(deployment, watch);
}

function hasEnded(seen: WatchResult): seen is EndedWatch {
  return seen.end !== 'alert';
}

function inputOf(deployment: Deployment, watch: Watch): WatchInput {
  const { candidate, ref, request, stableDigest } = deployment;
  const evidenceFromMs = deployment.evidenceFromMs ?? watch.stepStartedAtMs;
  return {
    deploymentId: request.deploymentId,
    ref,
    stepId: watch.step.id,
    stable: stableDigest,
    candidate: candidate?.digest ?? '',
    weights: watch.weights,
    criteria: watch.criteria,
    limits: watch.limits,
    stepStartedAtMs: watch.stepStartedAtMs,
    evidenceFromMs,
    beforeFromMs: evidenceFromMs - spanBefore(deployment),
    leastAtMs: watch.leastAtMs,
    longestAtMs: watch.longestAtMs,
    pollMs: pollOf(watch),
    monitoring: watchedBy(deployment),
    openAlerts: deployment.openAlerts,
  };
}

/** What is measured over seconds is looked at every second; two cost half, and tell a criterion of minutes as much. */
function pollOf({ criteria }: Watch): number {
  const shortestMs = Math.min(...criteria.map(({ durationMs }) => durationMs));
  return Number.isFinite(shortestMs) && shortestMs >= LONG_MS ? 2 * POLL_MS : POLL_MS;
}

const LONG_MS = 20_000;

function watchedBy(deployment: Deployment): WatchInput['monitoring'] {
  const { monitors, performance, probe, sources } = deployment.request.monitoring;
  const alerting = mayAlert(deployment) ? 'on' : 'off';
  return { monitors, alerting, performance, probe, sources };
}

/** How far back stable's own windows are read: as far as a criterion or the thresholds look, and the target keeps them. */
function spanBefore({ criteria, request, stableDigest }: Deployment): number {
  if (stableDigest === null) return 0;
  const validated = request.monitoring.performance.thresholds?.windowMs ?? 0;
  return Math.min(
    MOST_BEFORE_MS,
    Math.max(0, validated, ...criteria.map(({ durationMs }) => durationMs)),
  );
}

const MOST_BEFORE_MS = 10 * 60_000;

async function woken({ wake, longestAtMs, graceMs }: Watch): Promise<Watched> {
  const isWoken = await condition(wake, Math.max(1, longestAtMs + graceMs - Date.now()));
  return { kind: isWoken ? 'woken' : 'unwatched' };
}

function remember(deployment: Deployment, { step }: Watch, seen: EndedWatch): void {
  deployment.progress.watched(seen);
  deployment.totals = seen.totals;
  const { kind, rule, sentence } = seen.verdict;
  deployment.verdicts.push({ stepId: step.id, kind, rule, sentence });
}
