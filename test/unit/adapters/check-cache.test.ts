import { mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileCheckCache } from '../../../src/adapters/check-cache/file-check-cache';
import { fingerprintKey } from '../../../src/adapters/fingerprint-key';

const KEY = 'a'.repeat(64);
const YEAR_MS = 365 * 24 * 60 * 60_000;
const aHome = (): string => mkdtempSync(join(tmpdir(), 'belay-cache-'));

describe('kept results', () => {
  it('come back as they were', async () => {
    const cache = createFileCheckCache({ home: aHome() });
    expect(await cache.get(KEY, YEAR_MS)).toBeNull();
    await cache.put(KEY, { covered: 3 });
    expect(await cache.get(KEY, YEAR_MS)).toEqual({ covered: 3 });
  });

  it('that are broken or too old are none', async () => {
    const home = aHome();
    const cache = createFileCheckCache({ home });
    await cache.put(KEY, { covered: 3 });
    const path = join(home, 'cache', 'checks', `${KEY}.json`);
    utimesSync(path, 1_000, 1_000);
    expect(await cache.get(KEY, 1_000)).toBeNull();
    writeFileSync(path, '{ "covered":');
    expect(await cache.get(KEY, YEAR_MS)).toBeNull();
  });

  it('never leave their folder, whatever the key', async () => {
    const home = aHome();
    const cache = createFileCheckCache({ home });
    await cache.put('../../escaped', {});
    expect(readdirSync(home)).toEqual([]);
    expect(await cache.get('../../escaped', YEAR_MS)).toBeNull();
  });

  it('that cannot be written cost a new look and nothing else', async () => {
    const home = join(aHome(), 'file');
    writeFileSync(home, '');
    await expect(createFileCheckCache({ home }).put(KEY, {})).resolves.toBeUndefined();
  });

  it('are limited in number: the oldest go', async () => {
    const home = aHome();
    const cache = createFileCheckCache({ home });
    const folder = join(home, 'cache', 'checks');
    await cache.put(KEY, {});
    utimesSync(join(folder, `${KEY}.json`), 1, 1);
    for (let index = 0; index < 1_000; index += 1) {
      writeFileSync(join(folder, `${index.toString(16).padStart(64, '0')}.json`), '{}');
    }
    await cache.put('b'.repeat(64), { newest: true });
    expect(readdirSync(folder).length).toBeLessThanOrEqual(501);
    expect(await cache.get(KEY, YEAR_MS * 100)).toBeNull();
    expect(await cache.get('b'.repeat(64), YEAR_MS)).toEqual({ newest: true });
  });
});

describe('the key of the fingerprints', () => {
  it('is made once for a home, readable by nobody else', async () => {
    const home = aHome();
    const keys = await Promise.all(
      Array.from({ length: 8 }, () => fingerprintKey({ home, env: {} })),
    );
    const texts = keys.map((key) => Buffer.from(key).toString('hex'));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toHaveLength(64);
    expect(readdirSync(home)).toEqual(['fingerprint.key']);
    expect(statSync(join(home, 'fingerprint.key')).mode & 0o777).toBe(0o600);
  });

  it('is the one that several hosts share, where it is given', async () => {
    const env = { BELAY_FINGERPRINT_KEY: 'AB'.repeat(32) };
    const key = await fingerprintKey({ home: '/nowhere', env });
    expect(Buffer.from(key).toString('hex')).toBe('ab'.repeat(32));
  });

  it('that is no key is refused, never left out', async () => {
    const env = { BELAY_FINGERPRINT_KEY: 'not a key' };
    await expect(fingerprintKey({ home: aHome(), env })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('is made anew where its file is broken', async () => {
    const home = aHome();
    writeFileSync(join(home, 'fingerprint.key'), '');
    expect(await fingerprintKey({ home, env: {} })).toHaveLength(32);
  });

  it('is one for this run where the home cannot be written', async () => {
    const home = join(aHome(), 'file');
    writeFileSync(home, '');
    expect(await fingerprintKey({ home, env: {} })).toHaveLength(32);
  });
});
