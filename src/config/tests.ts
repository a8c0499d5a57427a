import type { IntegrationTestPolicy, TestPolicy, UnitTestPolicy } from '../domain/checks/policy';
import { DEFAULTS } from './defaults';
import { resolvePath } from './resolve-path';
import type { TestingBlock } from './schema/testing';
import { secondsToMs } from './units';

/** What is run and read to know about tests; a suite without a command is only read from evidence. */
export function readTests(
  { unitTests, integrationTests, evidence = [] }: TestingBlock,
  folder: string,
): TestPolicy {
  return {
    unit: unitTests === undefined ? null : unitOf(unitTests, folder),
    integration: integrationTests === undefined ? null : integrationOf(integrationTests, folder),
    evidence: evidence.map((path) => resolvePath(folder, path)),
  };
}

function unitOf(
  block: NonNullable<TestingBlock['unitTests']>,
  folder: string,
): UnitTestPolicy | null {
  const { command, report, coverageReport, timeout, parallel } = block;
  if (command === undefined || report === undefined) return null;
  return {
    command,
    timeoutMs: secondsToMs(timeout ?? DEFAULTS.checks.unitTests),
    reportPath: resolvePath(folder, report),
    coveragePath: coverageReport === undefined ? null : resolvePath(folder, coverageReport),
    parallel: parallel ?? true,
  };
}

function integrationOf(
  block: NonNullable<TestingBlock['integrationTests']>,
  folder: string,
): IntegrationTestPolicy | null {
  const { command, report, seed, timeout, environments, dataSeeding } = block;
  if (command === undefined || report === undefined) return null;
  return {
    command,
    timeoutMs: secondsToMs(timeout ?? DEFAULTS.checks.integrationTests),
    reportPath: resolvePath(folder, report),
    seed: dataSeeding === false ? null : (seed ?? null),
    environments: environments ?? [DEFAULTS.checks.testEnvironment],
  };
}
