import type { DeploymentReport } from '../report';

/** Something that happened at a moment. */
export interface Mark {
  readonly kind: 'decision' | 'alert' | 'resolved' | 'traffic' | 'live' | 'rollback' | 'safe';
  readonly atMs: number;
  readonly sentence: string;
}

/** Decisions, alerts, and the moments of the deployment itself, in order of time. */
export function marksOf({ status, alerts }: DeploymentReport): readonly Mark[] {
  const back = status.phases.find(({ phase }) => phase === 'rollback');
  const moments: readonly (readonly [Mark['kind'], number | null | undefined, string])[] = [
    ['traffic', status.firstTrafficAtMs, 'The candidate gets its first users.'],
    ['live', status.liveAtMs, 'Live: everybody is served, and it was verified.'],
    ['rollback', back?.startedAtMs, `Way back: ${status.cause ?? 'no reason is recorded'}`],
    ['safe', status.safeAtMs, 'Stable is observed at 100 % again.'],
  ];
  return [
    ...moments.flatMap(([kind, atMs, sentence]) =>
      typeof atMs === 'number' ? [{ kind, atMs, sentence }] : [],
    ),
    ...status.decisions.map(({ kind, actor, reason, receivedAtMs, effect }): Mark => ({
      kind: 'decision',
      atMs: receivedAtMs,
      sentence: `${kind} by ${actor ?? 'somebody unknown'} (${effect})${reason === null ? '' : `: ${reason}`}`,
    })),
    ...alerts.map(({ kind, alert, atMs }): Mark => ({
      kind: kind === 'resolved' ? 'resolved' : 'alert',
      atMs,
      sentence: `Alert ${WORDS[kind]}, ${alert.monitor} (${alert.severity}): ${alert.sentence}`,
    })),
  ].sort((a, b) => a.atMs - b.atMs);
}

const WORDS = {
  raised: 'raised',
  grew: 'grew',
  resolved: 'over',
  unwatched: 'still open, and no longer watched',
} as const;
