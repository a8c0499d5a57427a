import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecret } from '../../../src/adapters/read-secret';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'belay-read-secret-'));
  mkdirSync(join(home, 'secrets/shop/production'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(name: string, text: string, mode = 0o600): void {
  const path = join(home, 'secrets', name);
  writeFileSync(path, text);
  chmodSync(path, mode);
}

test('a secret is its file without one trailing line end', async () => {
  write('METRICS_TOKEN', 'hush hush\n');
  expect(await readSecret(home, 'METRICS_TOKEN')).toBe('hush hush');
  write('METRICS_TOKEN', 'hush\n\r\n');
  expect(await readSecret(home, 'METRICS_TOKEN')).toBe('hush\n');
});

test('a secret without a file is null, in a home without secrets too', async () => {
  expect(await readSecret(home, 'METRICS_TOKEN')).toBeNull();
  expect(await readSecret(join(home, 'nowhere'), 'METRICS_TOKEN')).toBeNull();
});

test.each(['shop/production/API_KEY', '../secrets/OWN', '..', '', 'OWN\0', 'shop'])(
  'the name %j reaches no file',
  async (name) => {
    write('OWN', 'hush');
    write('shop/production/API_KEY', 'hush');
    expect(await readSecret(home, name)).toBeNull();
  },
);

test.each(['640', '604', '644'])(
  'a file of mode %s is not used, and the refusal does not hold its value',
  async (mode) => {
    write('METRICS_TOKEN', 'hush-hush', Number.parseInt(mode, 8));
    const error = await readSecret(home, 'METRICS_TOKEN').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ENVIRONMENT_NOT_READY' });
    expect((error as Error).message).toContain('METRICS_TOKEN');
    expect(JSON.stringify(error)).not.toContain('hush-hush');
  },
);

test('an empty file and one that is far too long are said, not used', async () => {
  write('EMPTY', '\n');
  write('LONG', 'x'.repeat(20_000));
  await expect(readSecret(home, 'EMPTY')).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_READY' });
  await expect(readSecret(home, 'LONG')).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_READY' });
});
