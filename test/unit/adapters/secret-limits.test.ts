import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecretScanner } from '../../../src/adapters/scanners/secrets/secret-scanner';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { patient } from '../../support/scanned-folder';
import { type Files, writeSubject } from './secret-subject';

/** Put together at run time, so that no file of this repository looks like one that holds a secret. */
const GITHUB_TOKEN = ['ghp', 'Zz9Yy8Xx7Ww6'.repeat(3)].join('_');

describe('secret scanner, where there is more than it lists', () => {
  it('finds a token behind a flood of what may be secrets, and says that the flood is cut', async () => {
    const report = await scan({ 'a.env': `${flood(2_500)}GITHUB=${GITHUB_TOKEN}\n` });
    expect(report.findings[0]?.ruleId).toBe('secrets/github-token');
    expect(report).toMatchObject({ status: 'completed', covered: 1, total: 1 });
    expect(report.findings).toHaveLength(1_000);
    expect(report.skipped).toEqual([{ target: 'findings', reason: CUT, allowed: true }]);
  });

  it('is partial where a file holds more tokens than are looked at', async () => {
    const report = await scan({ 'a.env': tokens(2_100) });
    expect(report).toMatchObject({ status: 'partial', covered: 0, total: 1, findings: [] });
    expect(report.skipped).toEqual([
      { target: 'a.env', reason: 'more than 2,000 findings', allowed: false },
    ]);
  });

  it.each([
    ['one file', { 'a.env': tokens(1_100) }],
    ['several files', { 'a.env': tokens(600), 'b.env': tokens(600) }],
  ])('is partial where findings in %s are left out of the report', async (_what, files) => {
    const report = await scan(files);
    expect(report).toMatchObject({ status: 'partial', reason: CUT });
    expect(report.findings).toHaveLength(1_000);
    expect(report.skipped).toEqual([{ target: 'findings', reason: CUT, allowed: false }]);
  });
});

const CUT = 'more than 1,000 findings; the others are not listed';

function tokens(count: number): string {
  const begin = GITHUB_TOKEN.slice(0, -4);
  return Array.from({ length: count }, (_one, at) => `A=${begin}${1_000 + at}\n`).join('');
}

function flood(count: number): string {
  return Array.from({ length: count }, (_one, at) => `PASSWORD=hunter2hunter${1_000 + at}\n`).join(
    '',
  );
}

async function scan(files: Files): Promise<ScanReport> {
  const home = await mkdtemp(join(tmpdir(), 'belay-secrets-'));
  try {
    const scanner = createSecretScanner({ fingerprintKey: Buffer.alloc(32, 7) });
    return await scanner.scan(await writeSubject(home, files), patient());
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
