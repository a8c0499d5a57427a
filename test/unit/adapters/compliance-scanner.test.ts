import { readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DeploymentFacts } from '../../../src/domain/checks/facts';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { createComplianceScanner } from '../../../src/adapters/scanners/compliance/compliance-scanner';
import { patient, scannedFolder, type ScannedFile } from '../../support/scanned-folder';

const FIXTURES = join(__dirname, '../../fixtures/infrastructure');

async function scan(
  files: Readonly<Record<string, ScannedFile>>,
  facts: Partial<DeploymentFacts> = {},
): Promise<ScanReport> {
  const folder = await scannedFolder(files);
  try {
    return await createComplianceScanner().scan(folder.subject(facts), patient());
  } finally {
    await folder.remove();
  }
}

function terraform(content: string): Readonly<Record<string, ScannedFile>> {
  return { 'main.tf': { kind: 'terraform', content } };
}

function template(content: string): Readonly<Record<string, ScannedFile>> {
  return { 'stack.yaml': { kind: 'cloudformation', content } };
}

function rules(report: ScanReport): readonly string[] {
  return report.findings.map(({ ruleId }) => ruleId.replace('infrastructure/', '')).sort();
}

describe('the compliance scanner', () => {
  it('finds what was planted in Terraform, with file, line and resource', async () => {
    const content = await readFile(join(FIXTURES, 'dangerous.tf'), 'utf8');
    const report = await scan(terraform(content));

    expect(report).toMatchObject({ status: 'completed', covered: 1, total: 1, probe: 'hit' });
    expect(rules(report)).toEqual(
      expect.arrayContaining([
        'open-remote-access',
        'bucket-public-read',
        'database-public',
        'database-not-encrypted',
        'plain-http-listener',
        'privileged-container',
        'every-action',
      ]),
    );
    const open = report.findings.find(({ ruleId }) => ruleId.endsWith('/open-remote-access'));
    expect(open).toMatchObject({
      severity: 'critical',
      location: { path: 'main.tf', line: 1, resource: 'aws_security_group.web' },
      fix: { key: 'rule:infrastructure/open-remote-access' },
    });
  });

  it('finds nothing above low in Terraform that is well written', async () => {
    const content = await readFile(join(FIXTURES, 'sound.tf'), 'utf8');
    const report = await scan(terraform(content));

    expect(report.status).toBe('completed');
    expect(report.findings.filter(({ severity }) => !['low', 'info'].includes(severity))).toEqual(
      [],
    );
  });

  it('finds what was planted in CloudFormation, also behind short functions', async () => {
    const content = await readFile(join(FIXTURES, 'dangerous.yaml'), 'utf8');
    const report = await scan(template(content));

    expect(report.status).toBe('completed');
    expect(rules(report)).toEqual(
      expect.arrayContaining([
        'open-remote-access',
        'bucket-public-read',
        'database-public',
        'privileged-container',
        'role-for-anyone',
      ]),
    );
    expect(report.findings.find(({ ruleId }) => ruleId.endsWith('database-public'))).toMatchObject({
      location: { path: 'stack.yaml', resource: 'Resources.Database' },
    });
  });

  it('lets the specification’s own infrastructure block through', async () => {
    const block: unknown = parse(
      await readFile(join(FIXTURES, 'specification-block.yaml'), 'utf8'),
    );
    const report = await scan({}, { infrastructure: block, environment: 'production' });

    expect(report).toMatchObject({ status: 'completed', covered: 1, total: 1 });
    expect(report.findings.filter(({ severity }) => severity !== 'medium')).toEqual([]);
  });

  it('is partial where findings are left out of the report', async () => {
    const content = Array.from(
      { length: 1_100 },
      (_one, at) => `resource "aws_security_group_rule" "r${at}" {
  type = "ingress"
  from_port = 22
  to_port = 22
  protocol = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}\n`,
    ).join('');
    const report = await scan(terraform(content));

    const reason = 'more than 1,000 findings; the others are not listed';
    expect(report).toMatchObject({ status: 'partial', reason });
    expect(report.findings).toHaveLength(1_000);
    expect(report.skipped[0]).toEqual({ target: 'findings', reason, allowed: false });
  });

  it('notes what is only known later without counting it as a hole', async () => {
    const report = await scan(
      terraform('resource "aws_ebs_volume" "x" {\n  encrypted = var.e\n}\n'),
    );

    expect(report).toMatchObject({ status: 'completed', covered: 1, total: 1, findings: [] });
    expect(report.skipped).toMatchObject([{ target: 'main.tf aws_ebs_volume.x', allowed: true }]);
  });

  it('looks at the environment that is deployed to', async () => {
    const careless = {
      service: 'web',
      environment: 'production',
      env: { DB_PASSWORD: 'planted-value', TOKEN_URL: 'https://a.invalid', API_KEY: '${API_KEY}' },
      instances: 1,
      listen: 21,
    };
    const report = await scan({}, careless);

    expect(report).toMatchObject({ status: 'completed', covered: 1, total: 1, probe: 'hit' });
    expect(rules(report)).toEqual([
      'environment/no-health-check',
      'environment/plain-secret',
      'environment/privileged-port',
      'environment/production-without-approval',
      'environment/single-instance',
    ]);
    expect(JSON.stringify(report)).toContain('DB_PASSWORD');
    expect(JSON.stringify(report)).not.toContain('planted-value');
    expect(report.findings.filter(({ severity }) => severity === 'critical')).toEqual([]);
  });

  it('asks less of a place that is not production', async () => {
    const health = { path: '/', intervalMs: 1, timeoutMs: 1, healthyAfter: 1, unhealthyAfter: 1 };
    const report = await scan(
      {},
      { service: 'web', environment: 'staging', instances: 1, listen: 8080, health },
    );

    expect(report).toMatchObject({ status: 'completed', findings: [] });
  });

  it('keeps results apart that were made for another environment', async () => {
    const folder = await scannedFolder({});
    const scanner = createComplianceScanner();
    const identities = await Promise.all(
      ['staging', 'production'].map((environment) =>
        scanner.identity(folder.subject({ service: 'web', environment })),
      ),
    );
    await folder.remove();

    expect(new Set(identities).size).toBe(2);
  });

  it('knows a problem again when its line moves', async () => {
    const content = 'resource "aws_ebs_volume" "x" {\n}\n';
    const [one, moved] = [await scan(terraform(content)), await scan(terraform(`\n\n${content}`))];

    expect(moved.findings[0]?.fingerprint).toBe(one.findings[0]?.fingerprint);
    expect(moved.findings[0]?.location?.line).toBe(3);
  });

  it('leaves a file alone that is a link by now', async () => {
    const folder = await scannedFolder(terraform('locals {}'));
    try {
      await rm(join(folder.root, 'main.tf'));
      await symlink('/etc/hostname', join(folder.root, 'main.tf'));
      const report = await createComplianceScanner().scan(folder.subject(), patient());
      expect(report).toMatchObject({ status: 'partial', covered: 0, total: 1 });
    } finally {
      await folder.remove();
    }
  });

  it('looks at nothing where there is nothing, and says how it knows', async () => {
    const report = await scan({ 'a.txt': { kind: 'text', content: 'hello' } });

    expect(report).toMatchObject({ status: 'not-applicable', probe: 'none' });
    expect(report.reason).toContain('none of 1 files');
  });

  it.each([
    { of: 'Terraform', path: 'main.tf', kind: 'terraform', content: 'resource "a" "b" {' },
    { of: 'a template', path: 's.yaml', kind: 'cloudformation', content: 'Resources: {a: [}' },
    {
      of: 'a key twice',
      path: 's.yaml',
      kind: 'cloudformation',
      content: 'Resources: {}\n'.repeat(2),
    },
    {
      of: 'a task definition',
      path: 't.json',
      kind: 'task-definition',
      content: '{"containerDefi',
    },
    { of: 'deep HCL', path: 'main.tf', kind: 'terraform', content: `x = ${'['.repeat(9_000)}` },
    {
      of: 'deep YAML',
      path: 's.yaml',
      kind: 'cloudformation',
      content: `Resources: ${'{a: '.repeat(9_000)}`,
    },
    { of: 'deep JSON', path: 't.json', kind: 'task-definition', content: '['.repeat(100_000) },
    { of: 'aliases that multiply', path: 's.yaml', kind: 'cloudformation', content: laughs() },
    { of: 'a binary file', path: 'main.tf', kind: 'terraform', content: '\0\0\0' },
  ] as const)('is partial, not done, where it cannot read $of', async ({ path, kind, content }) => {
    const report = await scan({
      [path]: { kind, content },
      'good.tf': { kind: 'terraform', content: 'locals { a = 1 }' },
    });

    expect(report).toMatchObject({ status: 'partial', covered: 1, total: 2, probe: 'hit' });
    expect(report.skipped).toMatchObject([{ target: path, allowed: false }]);
  });
});

function laughs(): string {
  const levels = 'abcdefghij'.split('');
  return levels
    .map((name, index) => {
      const before = levels[index - 1];
      const held = before === undefined ? 'ha' : `*${before}`;
      return `${name}: &${name} [${Array(10).fill(held).join(', ')}]`;
    })
    .concat('Resources: {x: *j}')
    .join('\n');
}
