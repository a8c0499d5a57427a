import type { Inventory } from '../domain/checks/inventory';
import type { CheckCache } from './check-cache';
import type { CheckContext, CheckSubject } from './check-subject';
import type { Scanner } from './scanner';
import type { TestRunner } from './test-runner';
import type { Validator } from './validator';

/** Everything that looks at an artifact. */
export interface CheckTools {
  readonly validators: readonly Validator[];
  readonly scanners: readonly Scanner[];
  readonly tests: TestRunner;
  readonly cache: CheckCache;
  /** Lists what is there, before anything is scanned. */
  readonly inventory: (root: string, context: CheckContext) => Promise<Inventory>;
  /** The bill of materials as a CycloneDX document. */
  readonly bill: (subject: CheckSubject, context: BillContext) => Promise<object>;
}

export interface BillContext extends CheckContext {
  readonly name: string;
  readonly version: string;
  /** Epoch ms. */
  readonly atMs: number;
}
