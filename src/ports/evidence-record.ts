import type { Window } from '../domain/analysis/window';

/** Everything a judge saw during one deployment; idempotent by step and window number. */
export interface EvidenceRecord {
  append(entry: EvidenceEntry): Promise<void>;
  /** Oldest first, each window once, from this window number on. */
  read(deploymentId: string, from: number): Promise<readonly RecordedWindow[]>;
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
