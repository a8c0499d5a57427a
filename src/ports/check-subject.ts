import type { DeploymentFacts } from '../domain/checks/facts';
import type { Inventory } from '../domain/checks/inventory';
import type { CheckPolicy } from '../domain/checks/policy';
import type { Digest } from '../domain/revision';

/** What is checked: a folder that does not change while it is looked at, what is in it, and what was configured for it. */
export interface CheckSubject {
  /** Absolute; nothing outside of it is read, and no link out of it is followed. */
  readonly root: string;
  readonly inventory: Inventory;
  /** The stored artifact, where the root is its copy; null for a folder as it lies there. */
  readonly artifact: Digest | null;
  readonly policy: CheckPolicy;
  readonly facts: DeploymentFacts;
}

export interface CheckContext {
  readonly signal: AbortSignal;
  /** Called often enough to show that it is alive. */
  readonly progress: (done: number, total: number) => void;
}
