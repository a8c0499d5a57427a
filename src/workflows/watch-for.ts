import { CancellationScope, condition } from '@temporalio/workflow';
import type { WatchResult } from '../activities/watch';
import type { WatchInput } from '../activities/watch-input';
import type { Criterion } from '../domain/analysis/criterion';
import type { Step, Weights } from '../domain/rollout/plan';
import type { BakeLimits } from '../domain/rollout/strategy';
import { POLL_MS } from './activity-proxies';
import type { Deployment } from './deployment';

/** One stretch of watching. `woken`: a decision changed something. `unwatched`: the durable timer rang first. */
export type Watched =
  | { readonly kind: 'seen'; readonly seen: WatchResult }
  | { readonly kind: 'woken' }
  | { readonly kind: 'unwatched' };

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
  return { kind: 'seen', seen };
}

function inputOf(deployment: Deployment, watch: Watch): WatchInput {
  const { candidate, ref, request, stableDigest } = deployment;
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
    evidenceFromMs: deployment.evidenceFromMs ?? watch.stepStartedAtMs,
    leastAtMs: watch.leastAtMs,
    longestAtMs: watch.longestAtMs,
    pollMs: POLL_MS,
  };
}

async function woken({ wake, longestAtMs, graceMs }: Watch): Promise<Watched> {
  const isWoken = await condition(wake, Math.max(1, longestAtMs + graceMs - Date.now()));
  return { kind: isWoken ? 'woken' : 'unwatched' };
}

function remember(deployment: Deployment, { step }: Watch, seen: WatchResult): void {
  deployment.progress.watched(seen);
  deployment.totals = seen.totals;
  const { kind, sentence } = seen.verdict;
  deployment.verdicts.push({ stepId: step.id, kind, sentence });
}
