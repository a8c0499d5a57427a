import { join } from 'node:path';
import type { Finding } from '../../../../domain/checks/finding';
import type { SkippedTarget } from '../../../../domain/checks/scan-report';
import {
  readInfrastructure,
  type InfrastructureText,
} from '../../../inspection/infrastructure/read-infrastructure';
import { reasonOf } from '../../../inspection/infrastructure/unreadable-file';
import type { SayProgress } from '../../../inspection/thread';
import type { ContainerOrder } from '../container-order';
import { readTarget } from '../read-target';
import {
  referencesOfCompose,
  referencesOfResources,
  type ImageReference,
} from './image-references';
import { referenceFindings, undecided } from './reference-findings';

export interface ReferenceScan {
  /** References that were looked at. */
  readonly covered: number;
  readonly skipped: readonly SkippedTarget[];
  readonly findings: readonly Finding[];
}

/** Looks at every place that says which image runs. Targets are references, and files that could not be read. */
export async function scanReferences(
  order: ContainerOrder,
  progress: SayProgress,
): Promise<ReferenceScan> {
  const skipped: SkippedTarget[] = [];
  const references: ImageReference[] = [];
  const texts: InfrastructureText[] = [];
  for (const { path, kind } of order.references) {
    try {
      const text = await readTarget(join(order.root, path), order.maxFileBytes);
      if (kind === 'compose') references.push(...referencesOfCompose(path, text));
      else texts.push({ path, kind, text });
    } catch (error) {
      skipped.push({ target: path, reason: reasonOf(error), allowed: false });
    }
  }
  const { groups, unread } = await readInfrastructure(texts, progress);
  references.push(...groups.flatMap(referencesOfResources));
  const unknown = undecided(references);
  return {
    covered: references.length - unknown.length,
    skipped: [
      ...skipped,
      ...unread.map(({ path, reason }) => ({ target: path, reason, allowed: false })),
      ...unknown.slice(0, 100).map(({ path, resource }) => ({
        target: `${path} ${resource}`,
        reason: 'which image runs is only known when it is created, so its digest is not looked at',
        allowed: true,
      })),
    ],
    findings: referenceFindings(references, order.fingerprintKey),
  };
}
