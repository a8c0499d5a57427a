import type { JournalEntry } from '../../../src/adapters/targets/memory/memory-target';
import { CALM } from './chaos';
import { RUN, type Scenario } from './scenario';

/** There and, where the candidate does not start, back again; each with a second for the engine. */
const MOST_GAP_MS = 2 * (RUN.drainMs + RUN.stopGraceMs + RUN.startWithinMs + 1_000);

/** The time in which requests wait at the router. */
export class GapWatch {
  private openedAtMs: number | null = null;

  constructor(private readonly scenario: Scenario) {}

  get isOpen(): boolean {
    return this.openedAtMs !== null;
  }

  /** Answers what is wrong; empty: nothing. */
  examine({ effect, atMs }: JournalEntry): readonly string[] {
    if (effect === 'queue') this.openedAtMs ??= atMs;
    if (effect !== 'release-queue' || this.openedAtMs === null) return [];
    const lastedMs = atMs - this.openedAtMs;
    this.openedAtMs = null;
    return lastedMs > MOST_GAP_MS && this.isCalm ? [`for ${lastedMs} ms`] : [];
  }

  /** Nothing of what happens to this deployment could hold it up: no dead worker, no platform that is away. */
  private get isCalm(): boolean {
    const { chaos, before, happenings } = this.scenario;
    const isOutage = happenings.some(({ what }) => what.kind === 'platform');
    return chaos === CALM && before !== 'in-the-gap' && !isOutage;
  }
}
