import { createHash } from 'node:crypto';
import type { ScanReport, ToolIdentity } from '../../../domain/checks/scan-report';
import { notApplicable, unanswered } from '../../../domain/checks/scan-reports';
import type { CheckSubject } from '../../../ports/check-subject';
import type { Scanner } from '../../../ports/scanner';
import { LAYER_LIMITS, type LayerLimits } from '../../inspection/oci/layer-limits';
import { runThread } from '../../inspection/run-thread';
import { threadFile } from '../../inspection/thread-options';
import type { ContainerOrder, ContainerResult } from './container-order';
import { containerTargets } from './container-targets';
import { DOCKERFILE_RULES } from './dockerfile-rules/apply-dockerfile-rules';
import { CONFIG_RULES } from './image/config-findings';
import { ENTRY_RULES } from './image/entry-problems';
import { SETUID_RULE } from './image/layer-findings';
import { REFERENCE_RULE } from './references/reference-findings';

export interface ContainerScannerOptions {
  /** The key of the installation: fingerprints of secrets are made with it. */
  readonly fingerprintKey: Uint8Array;
  /** Where reading of layers stops. */
  readonly limits?: LayerLimits;
  /** The whole scan has ended by then. Default 10 minutes. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10 * 60_000;
const MOST_FILE_BYTES = 1_000_000;
/** A build file that a person wrote is a hundredth of it. */
const MOST_DOCKERFILE_BYTES = 256_000;

/** Raise the number when only what a rule looks for changes. */
const REVISION = 1;
const RULES = createHash('sha256')
  .update(
    JSON.stringify([
      REVISION,
      [
        ...DOCKERFILE_RULES,
        ...CONFIG_RULES,
        ...Object.values(ENTRY_RULES),
        SETUID_RULE,
        REFERENCE_RULE,
      ].map(({ id, severity, fix }) => [id, severity, fix]),
    ]),
  )
  .digest('hex')
  .slice(0, 16);

const TOOL: ToolIdentity = {
  name: 'belay',
  version: '1',
  rules: RULES,
  dataUpdatedAtMs: null,
  dataSource: null,
};

/**
 * Looks at what containers are built from and run from: Dockerfiles, OCI images in the tree with every layer, and the
 * places that say which image runs. Needs no container engine; comments that switch rules off have no effect.
 */
export function createContainerScanner({
  fingerprintKey,
  limits = LAYER_LIMITS,
  timeoutMs = TIMEOUT_MS,
}: ContainerScannerOptions): Scanner {
  return {
    name: 'container',
    identity: async () => `belay-container/${RULES}`,
    async scan(subject, { signal, progress }) {
      const order: ContainerOrder = {
        root: subject.root,
        ...containerTargets(subject),
        fingerprintKey,
        limits,
        maxFileBytes: MOST_FILE_BYTES,
        maxDockerfileBytes: MOST_DOCKERFILE_BYTES,
      };
      const candidates = candidatesOf(order);
      if (candidates === 0) return notApplicable('container', evidence(subject), TOOL);
      const startedAtMs = Date.now();
      const file = threadFile(__dirname, 'container-thread');
      const ended = await runThread<ContainerResult>({
        file,
        data: order,
        timeoutMs,
        signal,
        progress,
      });
      const durationMs = Date.now() - startedAtMs;
      if (ended.kind === 'result') return { ...report(subject, ended.result), durationMs };
      const { kind, reason } = ended;
      return {
        ...unanswered('container', kind, { reason, total: candidates, tool: TOOL }),
        durationMs,
      };
    },
  };
}

function candidatesOf({ dockerfiles, layouts, archives, references }: ContainerOrder): number {
  return dockerfiles.length + layouts.length + archives.length + references.length;
}

function evidence({ inventory }: CheckSubject): string {
  return `none of ${inventory.files.length} files is a Dockerfile, holds an image, or says which image runs`;
}

function report(subject: CheckSubject, result: ContainerResult): ScanReport {
  const { covered, findings, probe } = result;
  const missed = result.skipped.filter(({ allowed }) => !allowed).length;
  const skipped = [...result.skipped].sort(
    (one, other) => Number(one.allowed) - Number(other.allowed),
  );
  if (probe === 'hit' && covered + missed === 0)
    return { ...notApplicable('container', evidence(subject), TOOL), skipped };
  const alive = probe === 'hit';
  return {
    scanner: 'container',
    status: alive ? (missed === 0 ? 'completed' : 'partial') : 'failed',
    reason: reasonOf(alive, missed),
    tool: TOOL,
    covered,
    total: covered + missed,
    skipped,
    probe,
    findings,
    durationMs: 0,
    cached: false,
  };
}

function reasonOf(alive: boolean, missed: number): string | null {
  if (!alive) return 'it did not find its known-bad probe';
  if (missed === 0) return null;
  return missed === 1 ? 'one target could not be read' : `${missed} targets could not be read`;
}
