import type { ApprovalPolicy } from '../domain/approval/policy';
import { DEFAULT_CONFLICT } from '../domain/line/conflict';
import type { HealthCheck } from '../domain/revision';
import type { EnvironmentConfig, StrategyWord } from './belay-config';
import { readCanary, readVerify } from './canary';
import { readCriteria } from './criteria';
import { DEFAULTS } from './defaults';
import { readMonitoring } from './monitoring';
import { readRecreate, readRolling } from './rolling';
import type { BelayFile } from './schema/belay-file';
import { strategiesMeant } from './strategies-meant';
import type { EnvironmentBlock } from './schema/pipeline';
import { secondsToMs } from './units';

/** Each declared environment with its overrides applied; one called `default` where the file declares none. */
export function readEnvironments(file: BelayFile): readonly EnvironmentConfig[] {
  const declared = file.deploymentPipeline?.deployment?.environments;
  return (declared ?? [{ name: DEFAULTS.environment }]).map((block) =>
    readEnvironment(file, block),
  );
}

function readEnvironment(file: BelayFile, block: EnvironmentBlock): EnvironmentConfig {
  const { canary, criteria: canaryCriteria } = readCanary(block.canary ?? file.canary);
  const { monitoring, notes: monitoringNotes } = readMonitoring(file, block);
  const { criteria, notes } = readCriteria(
    block.rollbackCriteria ?? file.rollbackCriteria,
    monitoring.sources,
  );
  return {
    name: block.name,
    ...runSettings(file),
    ...sizeOf(file, block),
    rollbackWindowMs: orDefault(
      block.rollbackWindow ?? file.rollbackWindow,
      DEFAULTS.rollbackWindowMs,
    ),
    env: asText({ ...file.env, ...block.env }),
    dependsOn: block.dependsOn ?? file.dependsOn ?? [],
    ...strategySettings(file, block),
    canary,
    verify: file.verify === undefined ? null : readVerify(file.verify),
    criteria,
    canaryCriteria,
    monitoring,
    approval: approvalOf(block),
    conflict: block.conflict ?? file.conflict ?? DEFAULT_CONFLICT,
    notes: [...notes, ...monitoringNotes, ...promotionNotes(block)],
  };
}

function sizeOf(file: BelayFile, block: EnvironmentBlock) {
  return {
    listen: block.listen ?? file.listen ?? null,
    instances: block.instances ?? file.instances ?? DEFAULTS.instances,
  };
}

function runSettings(file: BelayFile) {
  const { artifact } = file;
  return {
    artifact: typeof artifact === 'object' ? artifact.files : (artifact ?? null),
    run: file.run ?? null,
    health: file.health === undefined ? null : healthOf(file.health),
    secrets: file.secrets ?? [],
    stopGraceMs: orDefault(file.stopGrace, DEFAULTS.stopGraceMs),
    drainMs: orDefault(file.drain, DEFAULTS.drainMs),
    startWithinMs: orDefault(file.startWithin, DEFAULTS.startWithinMs),
  };
}

function healthOf(block: NonNullable<BelayFile['health']>): HealthCheck {
  const { intervalMs, timeoutMs, healthyAfter, unhealthyAfter } = DEFAULTS.health;
  return {
    path: block.path,
    intervalMs: orDefault(block.interval, intervalMs),
    timeoutMs: orDefault(block.timeout, timeoutMs),
    healthyAfter: block.healthyAfter ?? healthyAfter,
    unhealthyAfter: block.unhealthyAfter ?? unhealthyAfter,
  };
}

function orDefault(seconds: number | undefined, defaultMs: number): number {
  return seconds === undefined ? defaultMs : secondsToMs(seconds);
}

function asText(env: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)]));
}

function strategySettings(file: BelayFile, block: EnvironmentBlock) {
  return {
    strategy: strategyOf(file, block),
    rolling: readRolling(block.rolling ?? file.rolling),
    recreate: readRecreate(block.recreate ?? file.recreate),
  };
}

/** What the environment says, else what the pipeline says, else the strategy whose block stands. */
function strategyOf(file: BelayFile, block: EnvironmentBlock): StrategyWord {
  const said = block.strategy ?? file.deploymentPipeline?.deployment?.strategy;
  return said ?? strategiesMeant(block)[0] ?? strategiesMeant(file)[0] ?? 'blue-green';
}

/** Naming approvers asks for their approval, unless the environment says that it needs none. */
function approvalOf(block: EnvironmentBlock): ApprovalPolicy | null {
  const approvers = [...new Set(block.approvers ?? [])];
  if (!(block.approvalRequired ?? approvers.length > 0)) return null;
  return {
    approvers,
    quorum: block.quorum ?? DEFAULTS.approval.quorum,
    deadlineMs: orDefault(block.approvalDeadline, DEFAULTS.approval.deadlineMs),
    onDeadline: 'reject',
  };
}

function promotionNotes({ name, autoPromote }: EnvironmentBlock): string[] {
  if (autoPromote !== true) return [];
  return [
    `\`autoPromote\` of ${name} has no effect yet: deploy to the next environment with a command of its own.`,
  ];
}
