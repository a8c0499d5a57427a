import { createHash } from 'node:crypto';
import type { ScanReport, SkippedTarget, ToolIdentity } from '../../../domain/checks/scan-report';
import { notApplicable, unanswered } from '../../../domain/checks/scan-reports';
import type { CheckSubject } from '../../../ports/check-subject';
import type { Scanner } from '../../../ports/scanner';
import { runThread } from '../../inspection/run-thread';
import { threadFile } from '../../inspection/thread-options';
import { cutReason } from '../../inspection/worst-findings';
import type { ComplianceOrder, ComplianceResult, InfrastructureFile } from './compliance-order';
import { isProduction, serviceFacts } from './read/service-thing';
import { RULES_IDENTITY } from './rules/all-rules';

const TIMEOUT_MS = 120_000;
const MOST_FILE_BYTES = 2_000_000;

const TOOL: ToolIdentity = {
  name: 'belay-compliance',
  version: '2',
  rules: RULES_IDENTITY,
  dataUpdatedAtMs: null,
  dataSource: null,
};

/**
 * Looks at what is about to be created: the configuration's own infrastructure block, Terraform, CloudFormation, task
 * definitions, and the environment that is deployed to. Comments in files that switch rules off have no effect.
 */
export function createComplianceScanner(): Scanner {
  return {
    name: 'compliance',
    identity: async (subject) =>
      `${TOOL.name} ${TOOL.version} ${TOOL.rules} ${factsDigest(subject)}`,
    async scan(subject, { signal, progress }) {
      const order = orderOf(subject);
      const total = order.files.length + configuredTargets(order);
      if (total === 0) return notApplicable('compliance', evidence(subject), TOOL);
      const startedAtMs = Date.now();
      const file = threadFile(__dirname, 'compliance-thread');
      const ended = await runThread<ComplianceResult>({
        file,
        data: order,
        timeoutMs: TIMEOUT_MS,
        signal,
        progress,
      });
      const durationMs = Date.now() - startedAtMs;
      if (ended.kind === 'result') return { ...report(order, ended.result, total), durationMs };
      const { kind, reason } = ended;
      return { ...unanswered('compliance', kind, { reason, total, tool: TOOL }), durationMs };
    },
  };
}

function orderOf({ root, inventory, facts }: CheckSubject): ComplianceOrder {
  const files = inventory.files.flatMap(({ path, kind }): readonly InfrastructureFile[] =>
    kind === 'terraform' || kind === 'cloudformation' || kind === 'task-definition'
      ? [{ path, kind }]
      : [],
  );
  return {
    root,
    files,
    infrastructure: facts.infrastructure ?? null,
    service: serviceFacts(facts),
    production: isProduction(facts.environment),
    maxFileBytes: MOST_FILE_BYTES,
  };
}

/** The block and the environment count as one target each. */
function configuredTargets({ infrastructure, service }: ComplianceOrder): number {
  return (infrastructure === null ? 0 : 1) + (service === null ? 0 : 1);
}

function evidence({ inventory }: CheckSubject): string {
  return `none of ${inventory.files.length} files is Terraform, CloudFormation or a task definition, and no deployment or infrastructure is configured`;
}

/** Names and numbers that rules look at; no values of variables. */
function factsDigest(subject: CheckSubject): string {
  const { infrastructure, service, production } = orderOf(subject);
  return createHash('sha256')
    .update(JSON.stringify([infrastructure, service, production]))
    .digest('hex')
    .slice(0, 32);
}

function report(order: ComplianceOrder, result: ComplianceResult, total: number): ScanReport {
  const missed = result.skipped.filter(({ allowed }) => !allowed);
  const alive = result.probe === 'hit';
  return {
    scanner: 'compliance',
    status: alive ? (missed.length === 0 ? 'completed' : 'partial') : 'failed',
    reason: reasonOf(alive, missed),
    tool: TOOL,
    covered: result.covered + configuredTargets(order),
    total,
    skipped: [...result.skipped].sort((one, other) => Number(one.allowed) - Number(other.allowed)),
    probe: result.probe,
    findings: result.findings,
    durationMs: 0,
    cached: false,
  };
}

function reasonOf(alive: boolean, missed: readonly SkippedTarget[]): string | null {
  if (!alive) return 'it did not find its known-bad probe';
  if (missed.length === 0) return null;
  const cut = cutReason(missed);
  if (cut !== null) return cut;
  return missed.length === 1
    ? 'one file could not be read'
    : `${missed.length} files could not be read`;
}
