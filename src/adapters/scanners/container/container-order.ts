import type { Finding } from '../../../domain/checks/finding';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import type { LayerLimits } from '../../inspection/oci/layer-limits';

/** What the thread is asked to look at. Plain data. */
export interface ContainerOrder {
  readonly root: string;
  readonly dockerfiles: readonly string[];
  readonly layouts: readonly ImageLayout[];
  /** Archives; which of them hold an image is found out there. */
  readonly archives: readonly string[];
  readonly references: readonly ReferringFile[];
  readonly fingerprintKey: Uint8Array;
  readonly limits: LayerLimits;
  readonly maxFileBytes: number;
  readonly maxDockerfileBytes: number;
}

/** A folder that is an OCI image layout, and the files in it. */
export interface ImageLayout {
  /** Relative; empty for the root itself. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export interface ReferringFile {
  readonly path: string;
  readonly kind: 'terraform' | 'cloudformation' | 'task-definition' | 'compose';
}

export interface ContainerResult {
  readonly probe: 'hit' | 'miss';
  readonly covered: number;
  readonly skipped: readonly SkippedTarget[];
  readonly findings: readonly Finding[];
}
