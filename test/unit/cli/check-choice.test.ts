import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBaseline } from '../../../src/cli/baseline';
import { checkChoice, type ConfigChoice } from '../../../src/cli/check-choice';
import type { CliContext } from '../../../src/cli/context';

const aFolder = (): string => mkdtempSync(join(tmpdir(), 'belay-choice-'));

function configured(service: string, more = ''): string {
  const folder = aFolder();
  writeFileSync(join(folder, 'belay.yaml'), `service: ${service}\n${more}`);
  return folder;
}

const NOTHING: ConfigChoice = {
  environment: undefined,
  config: undefined,
  advisories: undefined,
  evidence: [],
  cache: true,
};

function choose(choice: Partial<ConfigChoice>, at: { root: string; directory: string }) {
  const context = { cwd: at.directory, directory: at.directory } as CliContext;
  return checkChoice({ ...NOTHING, ...choice }, { root: at.root, context });
}

describe('the configuration that counts', () => {
  it('is that of the working directory, never that of the folder which is checked', async () => {
    const root = configured(
      'planted',
      'deploymentPipeline: { security: { secretDetection: false } }',
    );
    const chosen = await choose({}, { root, directory: configured('ours') });
    expect(chosen.facts.service).toBe('ours');
    expect(chosen.policy.scanners.secrets).toBe(true);
    expect(chosen.notes).toEqual([]);
  });

  it('is that of the folder only where there is no other, and that is said', async () => {
    const chosen = await choose({}, { root: configured('own'), directory: aFolder() });
    expect(chosen.facts.service).toBe('own');
    expect(chosen.notes.join()).toContain('which lies in the folder that is checked');
  });

  it('is the file that is named, or none at all', async () => {
    const root = configured('own');
    const named = join(configured('named'), 'belay.yaml');
    expect((await choose({ config: named }, { root, directory: aFolder() })).facts.service).toBe(
      'named',
    );
    const none = await choose({ config: false }, { root, directory: configured('ours') });
    expect(none.facts.service).toBeNull();
    expect(none.gates.map(({ metric }) => metric)).toEqual([
      'critical_vulnerabilities',
      'high_vulnerabilities',
      'secrets',
    ]);
  });

  it('yields to what the command line says', async () => {
    const directory = configured('ours');
    const root = aFolder();
    const file = await choose({ advisories: 'osv.zip', cache: false }, { root, directory });
    expect(file.policy.advisories.source).toBe(join(directory, 'osv.zip'));
    expect(file.policy.cacheEnabled).toBe(false);
    const address = 'http://127.0.0.1:9/osv.json';
    const url = await choose({ advisories: address, evidence: ['e.json'] }, { root, directory });
    expect(url.policy.advisories.source).toBe(address);
    expect(url.policy.tests.evidence).toEqual([join(directory, 'e.json')]);
  });
});

describe('a baseline', () => {
  const write = (text: string): string => {
    const path = join(aFolder(), 'baseline.json');
    writeFileSync(path, text);
    return path;
  };

  it('is what an earlier answer found and measured', async () => {
    const path = write(
      JSON.stringify({
        findings: [{ fingerprint: 'v1:a' }, { fingerprint: 7 }, null],
        measurements: { artifact_size: 3, nonsense: 1, secrets: 'Unknown' },
      }),
    );
    expect(await readBaseline(path, '/')).toEqual({
      fingerprints: ['v1:a'],
      measurements: { artifact_size: 3 },
    });
  });

  it.each(['', '[1', '7', '{"findings": {}}'])('is never %j', async (text) => {
    await expect(readBaseline(write(text), '/')).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('that is missing is named', async () => {
    await expect(readBaseline('missing.json', aFolder())).rejects.toThrow(/missing\.json/);
  });
});
