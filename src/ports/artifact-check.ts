import type { CheckReport } from '../domain/checks/finding';
import type { Digest } from '../domain/revision';
import type { ArtifactManifest } from './artifact-store';

/** A validator or a scanner: one look at a stored artifact. */
export interface ArtifactCheck {
  /** `manifest`, `secrets`, … */
  readonly name: string;
  /** Never throws for what it finds; a check that could not look answers `failed` with the reason. */
  run(subject: CheckSubject, context: CheckContext): Promise<CheckReport>;
}

export interface CheckSubject {
  readonly artifact: Digest;
  readonly manifest: ArtifactManifest;
  /** The stored copy; nothing outside of it is read. */
  readonly filesPath: string;
}

export interface CheckContext {
  readonly signal: AbortSignal;
  /** Called often enough to show that it is alive. */
  readonly progress: (done: number, total: number) => void;
}
