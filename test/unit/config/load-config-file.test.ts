import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load-config-file';
import { requestFor } from '../../../src/config/assemble-request';
import { MINIMAL } from './support';

describe('loading a configuration', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belay-config-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('finds belay.yaml in the folder, and seen from there the artifact', async () => {
    writeFileSync(join(folder, 'belay.yaml'), MINIMAL);
    const config = await loadConfig(folder);
    expect(config).toMatchObject({ file: 'belay.yaml', folder });
    expect(requestFor(config, {}).artifact.path).toBe(join(folder, 'dist'));
  });

  test('reads a file of another name', async () => {
    writeFileSync(join(folder, 'other.yaml'), MINIMAL);
    expect((await loadConfig(join(folder, 'other.yaml'))).file).toBe('other.yaml');
  });

  test('does not look in the folders above', async () => {
    writeFileSync(join(folder, 'belay.yaml'), MINIMAL);
    mkdirSync(join(folder, 'inner'));
    await expect(loadConfig(join(folder, 'inner'))).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
      message: `There is no ${join(folder, 'inner', 'belay.yaml')}. Nothing was started.`,
    });
  });

  test.each(['nowhere', 'belay.yaml'])('says that there is no %s', async (name) => {
    await expect(loadConfig(join(folder, name))).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
  });

  test('refuses a folder that is called belay.yaml', async () => {
    mkdirSync(join(folder, 'belay.yaml'));
    await expect(loadConfig(folder)).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
  });

  test('refuses a file that is far too large', async () => {
    writeFileSync(join(folder, 'belay.yaml'), `# ${'x'.repeat(1_000_001)}\n`);
    await expect(loadConfig(folder)).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
  });

  test('passes on what is wrong in the file', async () => {
    writeFileSync(join(folder, 'belay.yaml'), 'servce: shop\n');
    await expect(loadConfig(folder)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('belay.yaml:1:1: `servce`') as string,
    });
  });
});
