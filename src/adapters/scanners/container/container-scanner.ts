import type { ScanReport, SkippedTarget, ToolIdentity } from '../../../domain/checks/scan-report';
import { notApplicable, unanswered } from '../../../domain/checks/scan-reports';
import type { CheckSubject } from '../../../ports/check-subject';
import type { Scanner } from '../../../ports/scanner';
import { LAYER_LIMITS, type LayerLimits } from '../../inspection/oci/layer-limits';
import { runThread } from '../../inspection/run-thread';
import { threadFile } from '../../inspection/thread-options';
import { cutReason } from '../../inspection/worst-findings';
import type { ContainerOrder, ContainerResult } from './container-order';
import { containerTargets } from './container-targets';
import { containerTool } from './container-tool';

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

/**
 * Looks at what containers are built from and run from: Dockerfiles, OCI images in the tree with every layer, and the
 * places that say which image runs. Needs no container engine; comments that switch rules off have no effect.
 */
export function createContainerScanner({
  fingerprintKey,
  limits = LAYER_LIMITS,
  timeoutMs = TIMEOUT_MS,
}: ContainerScannerOptions): Scanner {
  const tool = containerTool(fingerprintKey);
  return {
    name: 'container',
    identity: async () => `${tool.name} ${tool.version} ${tool.rules} ${JSON.stringify(limits)}`,
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
      if (candidates === 0) return notApplicable('container', evidence(subject), tool);
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
      if (ended.kind === 'result') return { ...report(subject, ended.result, tool), durationMs };
      const { kind, reason } = ended;
      return {
        ...unanswered('container', kind, { reason, total: candidates, tool }),
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

function report(subject: CheckSubject, result: ContainerResult, tool: ToolIdentity): ScanReport {
  const { covered, findings, probe } = result;
  const missed = result.skipped.filter(({ allowed }) => !allowed).length;
  const skipped = [...result.skipped].sort(
    (one, other) => Number(one.allowed) - Number(other.allowed),
  );
  if (probe === 'hit' && covered + missed === 0)
    return { ...notApplicable('container', evidence(subject), tool), skipped };
  const alive = probe === 'hit';
  return {
    scanner: 'container',
    status: alive ? (missed === 0 ? 'completed' : 'partial') : 'failed',
    reason: reasonOf(alive, skipped),
    tool,
    covered,
    total: covered + missed,
    skipped,
    probe,
    findings,
    durationMs: 0,
    cached: false,
  };
}

function reasonOf(alive: boolean, skipped: readonly SkippedTarget[]): string | null {
  if (!alive) return 'it did not find its known-bad probe';
  const cut = cutReason(skipped);
  if (cut !== null) return cut;
  const missed = skipped.filter(({ allowed }) => !allowed).length;
  if (missed === 0) return null;
  return missed === 1 ? 'one target could not be read' : `${missed} targets could not be read`;
}
