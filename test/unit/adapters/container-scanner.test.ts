import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContainerScanner } from '../../../src/adapters/scanners/container/container-scanner';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { ociArchive, ociImage, type OciImage } from '../../support/oci-image';
import { patient, scannedFolder, type ScannedFile } from '../../support/scanned-folder';

const FIXTURES = join(__dirname, '../../fixtures/containers');
const fingerprintKey = Buffer.alloc(32, 7);

async function scan(files: Readonly<Record<string, ScannedFile>>): Promise<ScanReport> {
  const folder = await scannedFolder(files);
  try {
    return await createContainerScanner({ fingerprintKey }).scan(folder.subject(), patient());
  } finally {
    await folder.remove();
  }
}

function dockerfile(content: string): Readonly<Record<string, ScannedFile>> {
  return { Dockerfile: { kind: 'dockerfile', content } };
}

function layout({ files }: OciImage): Readonly<Record<string, ScannedFile>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      `image/${name}`,
      { kind: name === 'oci-layout' ? 'oci-layout' : 'binary', content },
    ]),
  );
}

function rules(report: ScanReport): readonly string[] {
  return report.findings.map(({ ruleId }) => ruleId).sort();
}

function privateKey(): string {
  const word = ['RSA', 'PRIVATE', 'KEY'].join(' ');
  return `-----BEGIN ${word}-----\n${'q7Zr2Xw9Kd4Mv8Tb3Np6Lc5Hj1Fy0Gs7\n'.repeat(8)}-----END ${word}-----\n`;
}

function tokens(count: number): string {
  const begin = ['ghp', 'Zz9Yy8Xx7Ww6'.repeat(3)].join('_').slice(0, -4);
  return Array.from({ length: count }, (_one, at) => `A=${begin}${1_000 + at}\n`).join('');
}

describe('the container scanner, on Dockerfiles', () => {
  it('finds what was planted, with its line', async () => {
    const planted = (await readFile(join(FIXTURES, 'dangerous.dockerfile'), 'utf8')).replace(
      'PLANTED',
      'hunter2hunter2',
    );
    const report = await scan(dockerfile(planted));

    expect(report).toMatchObject({ status: 'completed', covered: 1, total: 1, probe: 'hit' });
    expect(rules(report)).toEqual(
      expect.arrayContaining([
        'dockerfile/add-from-address',
        'dockerfile/copies-secrets',
        'dockerfile/download-run-unseen',
        'dockerfile/latest-tag',
        'dockerfile/package-cache',
        'dockerfile/root-user',
        'dockerfile/secret-in-variable',
        'dockerfile/ssh-port',
        'dockerfile/sudo',
        'dockerfile/world-writable',
      ]),
    );
    const secret = report.findings.find(({ ruleId }) => ruleId === 'dockerfile/secret-in-variable');
    expect(secret).toMatchObject({ severity: 'high', location: { path: 'Dockerfile', line: 3 } });
    expect(secret?.title).toContain('DB_PASSWORD');
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('finds nothing above info in one that is well written', async () => {
    const report = await scan(
      dockerfile(await readFile(join(FIXTURES, 'sound.dockerfile'), 'utf8')),
    );

    expect(report.status).toBe('completed');
    expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('knows a problem again when its line moves', async () => {
    const text = 'FROM debian:12\nRUN curl https://a.invalid | sh\nUSER app\n';
    const [one, moved] = [
      await scan(dockerfile(text)),
      await scan(dockerfile(`# hello\n\n${text}`)),
    ];

    const identities = (report: ScanReport): readonly string[] =>
      report.findings.map(({ fingerprint }) => fingerprint).sort();
    expect(identities(one)).toEqual(identities(moved));
  });

  it('takes the user of the stage that the last one is built on', async () => {
    const report = await scan(
      dockerfile('FROM debian:12 AS base\nUSER app\nFROM base\nRUN true\n'),
    );

    expect(rules(report)).not.toContain('dockerfile/root-user');
  });

  it('is partial where a Dockerfile builds nothing', async () => {
    const report = await scan({
      ...dockerfile('RUN true\n'),
      'a/Dockerfile': { kind: 'dockerfile', content: 'FROM scratch\nUSER 1\n' },
    });

    expect(report).toMatchObject({ status: 'partial', covered: 1, total: 2 });
  });

  it('looks at nothing where there is nothing, and says how it knows', async () => {
    const report = await scan({ 'a.txt': { kind: 'text', content: 'hello' } });

    expect(report).toMatchObject({ status: 'not-applicable', probe: 'none' });
    expect(report.reason).toContain('none of 1 files');
  });
});

describe('the container scanner, on images', () => {
  it('is partial where findings in a layer are left out of the report', async () => {
    const image = await ociImage([[{ name: 'app/tokens.env', content: tokens(600) }]]);
    const report = await scan(layout(image));

    const reason = 'more than 500 findings; the others are not listed';
    expect(report).toMatchObject({ status: 'partial', reason });
    expect(report.skipped).toContainEqual({
      target: `image layer ${image.layers[0]?.slice(0, 19)}`,
      reason,
      allowed: false,
    });
  });

  it('is partial where findings in all layers together are left out', async () => {
    const layers = ['a', 'b', 'c'].map((name) => [{ name, content: tokens(400) }]);
    const report = await scan(layout(await ociImage(layers)));

    const reason = 'more than 1,000 findings; the others are not listed';
    expect(report).toMatchObject({ status: 'partial', reason });
    expect(report.findings).toHaveLength(1_000);
  });

  it('finds a token in a layer behind a flood of what may be secrets', async () => {
    const flood = Array.from(
      { length: 2_500 },
      (_one, at) => `PASSWORD=hunter2hunter${1_000 + at}`,
    );
    const content = `${flood.join('\n')}\n${tokens(1)}`;
    const report = await scan(layout(await ociImage([[{ name: 'a.env', content }]])));

    expect(report.status).toBe('completed');
    expect(rules(report)).toContain('secrets/github-token');
    expect(report.skipped).toMatchObject([{ allowed: true }]);
  });

  it('finds a private key in a layer, also where a later layer removes it', async () => {
    const image = await ociImage(
      [[{ name: 'app/key.txt', content: privateKey() }], [{ name: 'app/.wh.key.txt' }]],
      { User: '1000' },
    );
    const report = await scan(layout(image));

    expect(report).toMatchObject({ status: 'completed', covered: 3, total: 3, probe: 'hit' });
    const key = report.findings.find(({ ruleId }) => ruleId.startsWith('secrets/'));
    expect(key).toMatchObject({
      scanner: 'container',
      severity: 'critical',
      location: { path: 'image!/app/key.txt', resource: `layer ${image.layers[0]?.slice(0, 19)}` },
    });
  });

  it('reads an image in a tar file as it reads one in a folder', async () => {
    const image = await ociImage([[{ name: 'app/key.txt', content: privateKey() }]]);
    const report = await scan({
      'web.tar': { kind: 'archive', content: await ociArchive(image) },
    });

    expect(report).toMatchObject({ status: 'completed', covered: 2, total: 2 });
    expect(report.findings.map(({ location }) => location?.path)).toContain('web.tar!/app/key.txt');
  });

  it('finds what the configuration of the image says', async () => {
    const image = await ociImage([[{ name: 'a', content: 'a' }]], {
      Env: ['PATH=/bin', 'DB_PASSWORD=hunter2hunter2'],
      ExposedPorts: { '22/tcp': {} },
    });
    const report = await scan(layout(image));

    expect(rules(report)).toEqual(
      expect.arrayContaining(['image/root-user', 'image/secret-in-variable', 'image/ssh-port']),
    );
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('finds setuid files that are in the image at the end, and leaves the usual ones out', async () => {
    const image = await ociImage([
      [
        { name: 'usr/bin/su', content: 'x', mode: 0o4755 },
        { name: 'opt/mine', content: 'x', mode: 0o4755 },
        { name: 'opt/gone', content: 'x', mode: 0o4755 },
        { name: 'opt/sub/gone', content: 'x', mode: 0o4755 },
        { name: 'opt/fixed', content: 'x', mode: 0o4755 },
      ],
      [
        { name: 'opt/.wh.gone' },
        { name: 'opt/sub/.wh..wh..opq' },
        { name: 'opt/fixed', content: 'x', mode: 0o755 },
      ],
    ]);
    const report = await scan(layout(image));

    const setuid = report.findings.filter(({ ruleId }) => ruleId === 'image/setuid-file');
    expect(setuid.map(({ location }) => location?.path)).toEqual(['image!/opt/mine']);
  });

  it('tells of entries that reach out of the image', async () => {
    const image = await ociImage([
      [
        { name: '../../etc/cron.d/x', content: 'x' },
        { name: '/etc/absolute', content: 'x' },
        { name: 'app/up', type: 'symlink', linkname: '../../../etc/passwd' },
        { name: 'app/fine', type: 'symlink', linkname: '../etc/passwd' },
        { name: 'app/also-fine', type: 'symlink', linkname: '/etc/passwd' },
        { name: 'app/hard', type: 'link', linkname: '../outside' },
        { name: 'dev/sda', type: 'block-device' },
      ],
    ]);
    const report = await scan(layout(image));

    const entries = report.findings
      .filter(({ ruleId }) => /escaping|absolute|device/.test(ruleId))
      .map(({ ruleId, location }) => `${ruleId} ${location?.path ?? ''}`)
      .sort();
    expect(entries).toEqual([
      'image/absolute-path image!/etc/absolute',
      'image/device-file image!/dev/sda',
      'image/escaping-link image!/app/hard',
      'image/escaping-link image!/app/up',
      'image/escaping-path image!/../../etc/cron.d/x',
    ]);
  });
});
