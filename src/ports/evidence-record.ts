import type { Reading } from '../domain/analysis/reading';
import type { Window } from '../domain/analysis/window';

/** Everything a judge saw during one deployment; idempotent by step and window number. */
export interface EvidenceRecord {
  append(entry: EvidenceEntry): Promise<void>;
  /** Oldest first, each window once, from this window number on. */
  read(deploymentId: string, from: number): Promise<readonly RecordedWindow[]>;
  /** Idempotent by source and number. */
  appendReadings(entry: {
    readonly deploymentId: string;
    readonly stepId: string;
    readonly readings: readonly Reading[];
  }): Promise<void>;
  /** Those that begin at this time or later, each once, oldest first. */
  readings(deploymentId: string, fromMs: number): Promise<readonly Reading[]>;
}

export interface EvidenceEntry {
  readonly deploymentId: string;
  readonly stepId: string;
  readonly windows: readonly Window[];
}

export interface RecordedWindow {
  readonly stepId: string;
  readonly window: Window;
}
