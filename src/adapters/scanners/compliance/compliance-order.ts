import type { FileKind } from '../../../domain/checks/inventory';
import type { Finding } from '../../../domain/checks/finding';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import type { ServiceFacts } from './read/service-thing';

/** What the thread is asked to look at. Plain data. */
export interface ComplianceOrder {
  readonly root: string;
  readonly files: readonly InfrastructureFile[];
  readonly infrastructure: unknown;
  readonly service: ServiceFacts | null;
  readonly production: boolean;
  readonly maxFileBytes: number;
}

export interface InfrastructureFile {
  readonly path: string;
  readonly kind: FileKind & ('terraform' | 'cloudformation' | 'task-definition');
}

export interface ComplianceResult {
  readonly probe: 'hit' | 'miss';
  /** Files that were looked at. */
  readonly covered: number;
  readonly skipped: readonly SkippedTarget[];
  readonly findings: readonly Finding[];
}
