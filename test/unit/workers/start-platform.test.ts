import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { mendPlatform, PLATFORM_VARIABLE } from '../../../src/workers/start-platform';

interface Compose {
  readonly services: Readonly<Record<string, { readonly environment?: Record<string, string> }>>;
}

test('a platform that something else keeps running is never started by a worker', async () => {
  await expect(mendPlatform('/nowhere', { [PLATFORM_VARIABLE]: 'elsewhere' })).rejects.toThrow(
    'has to start it',
  );
});

test('the composed worker leaves the platform to its own container', () => {
  const file = join(__dirname, '..', '..', '..', 'docker-compose.yml');
  const { services } = parse(readFileSync(file, 'utf8'), { merge: true }) as Compose;
  expect(services['worker']?.environment?.[PLATFORM_VARIABLE]).toBe('elsewhere');
  expect(services['platform']?.environment?.[PLATFORM_VARIABLE]).toBeUndefined();
});
