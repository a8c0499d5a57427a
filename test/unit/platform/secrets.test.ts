import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactFiles, homeLayout } from '../../../src/domain/home-layout';
import type { FleetRequest } from '../../../src/platform/admin-api';
import { Platform } from '../../../src/platform/platform';
import type { Service } from '../../../src/platform/service';

const DIGEST = `sha256:${'a'.repeat(64)}`;
let home = '';
let file = '';
let platform: Platform | null = null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'belay-secrets-'));
  mkdirSync(artifactFiles(home, DIGEST), { recursive: true });
  const folder = join(homeLayout(home).secrets, 'shop/test');
  mkdirSync(folder, { recursive: true });
  file = join(folder, 'API_KEY');
});
afterEach(async () => {
  await platform?.close('stop');
  platform = null;
  rmSync(home, { recursive: true, force: true });
});

async function claimed(): Promise<Service> {
  platform = await Platform.open({ home });
  await platform.claim('shop', 'test', { deploymentId: 'd1', runId: 'r1', after: 0 });
  return platform.service('shop', 'test');
}

function fleet(n: number, size: number): FleetRequest {
  return {
    fence: { epoch: 1, n },
    artifact: DIGEST,
    command: [process.execPath, '-e', 'setInterval(() => undefined, 1_000)'],
    env: {},
    secrets: ['API_KEY'],
    health: { path: '/', intervalMs: 1_000, timeoutMs: 100, healthyAfter: 1, unhealthyAfter: 1 },
    stopGraceMs: 0,
    size,
    token: 't',
  };
}

function writeSecret(mode: number): void {
  writeFileSync(file, 'hush\n');
  chmodSync(file, mode);
}

test.each(['640', '604', '644', '660', '602'])(
  'a secret file of mode 0%s starts nothing, and the refusal names the file and not the value',
  async (mode) => {
    writeSecret(Number.parseInt(mode, 8));
    const service = await claimed();
    const error = await service.setFleet(DIGEST, fleet(1, 1)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SECRET_EXPOSED', status: 409 });
    expect((error as Error).message).toContain(`${file} has mode 0${mode}`);
    expect((error as Error).message).not.toContain('hush');
    expect((await service.view()).fleets).toEqual([]);
  },
);

test('a secret file that is not there is missing, not exposed', async () => {
  const service = await claimed();
  await expect(service.setFleet(DIGEST, fleet(1, 1))).rejects.toMatchObject({
    code: 'SECRET_MISSING',
  });
});

test.each(['600', '400'])('a secret file of mode 0%s is for its owner alone', async (mode) => {
  writeSecret(Number.parseInt(mode, 8));
  const service = await claimed();
  expect(await service.setFleet(DIGEST, fleet(1, 1))).toMatchObject({ size: 1 });
});

test('a fleet that was started may grow again, whatever became of the file since', async () => {
  writeSecret(0o600);
  const service = await claimed();
  await service.setFleet(DIGEST, fleet(1, 1));
  chmodSync(file, 0o644);
  expect(await service.setFleet(DIGEST, fleet(2, 2))).toMatchObject({ size: 2 });
});
