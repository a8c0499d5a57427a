import type { ScanReport, SkippedTarget } from '../../../domain/checks/scan-report';
import type { Coordinate } from '../../../ports/advisory-source';
import type { ChainAnswer } from './ask-chain';

export interface Asked {
  readonly coordinates: readonly Coordinate[];
  /** Lockfiles and entries that could not be read. */
  readonly holes: number;
  /** Data last updated before it are too old. Epoch ms. */
  readonly oldestMs: number;
}

type Verdict = Pick<ScanReport, 'status' | 'reason' | 'covered' | 'total' | 'probe' | 'skipped'>;

const MS_A_DAY = 86_400_000;

/** What the answers are worth. */
export function judgeChain(chain: ChainAnswer, { coordinates, holes, oldestMs }: Asked): Verdict {
  const total = coordinates.length + holes;
  const covered = coordinates.length - chain.left.length;
  const counts = { covered, total };
  if (chain.broken !== null) {
    const reason = `the source of advisories is broken: ${chain.broken}`;
    return {
      status: 'failed',
      reason,
      ...counts,
      probe: 'miss',
      skipped: skippedOf(chain.left, reason),
    };
  }
  if (covered === 0) {
    const reason = `no source of advisories answered: ${silenceOf(chain)}`;
    return { status: 'unavailable', reason, ...counts, probe: 'none', skipped: [] };
  }
  const reasons = [
    ...leftReasons(chain),
    ...ageReasons(chain.updatedAtMs, oldestMs),
    ...(holes === 0 ? [] : [`${holes} of ${total} targets could not be read`]),
  ];
  return {
    status: reasons.length === 0 ? 'completed' : 'partial',
    reason: reasons.length === 0 ? null : reasons.join('; '),
    ...counts,
    probe: 'hit',
    skipped: skippedOf(chain.left, 'no source of advisories answered for it'),
  };
}

function silenceOf({ silences, left }: ChainAnswer): string {
  if (silences.length > 0) return silences.join('; ');
  return left.length > 0 ? `nothing is known about ${ecosystemsOf(left)}` : 'there is none';
}

function leftReasons(chain: ChainAnswer): readonly string[] {
  if (chain.left.length === 0) return [];
  const silence = chain.silences.length === 0 ? '' : `: ${chain.silences.join('; ')}`;
  return [`no source of advisories answered for ${ecosystemsOf(chain.left)}${silence}`];
}

function ageReasons(updatedAtMs: number | null, oldestMs: number): readonly string[] {
  if (updatedAtMs === null || updatedAtMs >= oldestMs) return [];
  const days = Math.floor((oldestMs - updatedAtMs) / MS_A_DAY);
  const over = days < 1 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  return [`the advisories are older than security.advisories allows, by ${over}`];
}

function ecosystemsOf(coordinates: readonly Coordinate[]): string {
  return [...new Set(coordinates.map(({ ecosystem }) => ecosystem))].sort().join(' and ');
}

function skippedOf(left: readonly Coordinate[], reason: string): readonly SkippedTarget[] {
  return left.map(({ name, version }) => ({
    target: `${name} ${version}`,
    reason,
    allowed: false,
  }));
}
