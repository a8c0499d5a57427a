import { skippedLockfiles } from '../../../src/adapters/inspection/components/skipped-lockfiles';
import type { SkippedTarget } from '../../../src/domain/checks/scan-report';
import type { ExternalTool } from '../../../src/domain/checks/policy';
import type { CheckSubject } from '../../../src/ports/check-subject';
import { FACTS, INVENTORY, POLICY } from '../../support/check-tools';

describe('a lockfile that this version does not read', () => {
  it.each<[string, readonly ExternalTool[], boolean]>([
    ['is a hole without a tool of its own', [], false],
    ['is a hole beside an optional tool, which may never have run', [tool(false)], false],
    ['is a hole beside a tool of another scanner', [tool(true, 'secrets')], false],
    ['is left to a tool that must answer', [tool(true)], true],
    ['is left to the one of two tools that must answer', [tool(false), tool(true)], true],
  ])('%s', (_what, tools, allowed) => {
    expect(skippedWith(tools)).toMatchObject([{ target: 'pnpm-lock.yaml', allowed }]);
    expect(skippedWith(tools)[0]?.reason.includes('name a required tool')).toBe(!allowed);
  });
});

function skippedWith(tools: readonly ExternalTool[]): readonly SkippedTarget[] {
  const policy = { ...POLICY, tools };
  const subject: CheckSubject = {
    ...{ root: '/', inventory: INVENTORY, artifact: null, policy, facts: FACTS },
  };
  return skippedLockfiles({
    ...{ subject, scanner: 'vulnerabilities', lockfilePaths: ['pnpm-lock.yaml'] },
    ...{ lockfiles: [], unreadable: [] },
  });
}

function tool(required: boolean, scanner: ExternalTool['scanner'] = 'vulnerabilities') {
  return { kind: 'import' as const, name: 'a-tool', path: '/a.sarif', scanner, required };
}
