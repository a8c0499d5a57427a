import type { LedgerRecord } from '../../domain/ledger-record';
import type { Outcome } from '../../domain/outcome';
import type { Mark, Tone } from './style';

/** `open`: it runs, or its end was never written down. */
export type RecordState = Outcome | 'open';

export function stateOf({ closing }: LedgerRecord): RecordState {
  return closing?.outcome ?? 'open';
}

/** From the request to the end; of an open record until now. */
export function durationMs({ openedAtMs, closing }: LedgerRecord, nowMs: number): number {
  return Math.max(0, (closing?.closedAtMs ?? nowMs) - openedAtMs);
}

export function markOfState(state: RecordState): Mark {
  switch (state) {
    case 'succeeded':
      return 'done';
    case 'open':
      return 'doing';
    case 'cancelled':
    case 'superseded':
    case 'rejected':
      return 'to do';
    case 'blocked':
    case 'rolled-back':
    case 'rollback-incomplete':
      return 'failed';
  }
}

export function toneOfState(state: RecordState): Tone {
  const tones: Readonly<Partial<Record<Mark, Tone>>> = {
    done: 'good',
    doing: 'busy',
    failed: 'bad',
  };
  return tones[markOfState(state)] ?? 'dim';
}

/** `4 of 50 failed`; what no user has seen has no exposure. */
export function exposureWords({ closing }: LedgerRecord): string {
  if (closing === null) return '';
  const { requests, errors } = closing.exposure;
  return closing.firstTrafficAtMs === null ? 'not exposed' : `${errors} of ${requests} failed`;
}
