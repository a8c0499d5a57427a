import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEFAULT_TEMPORAL_ADDRESS, temporalAddress } from '../../../src/client/temporal-address';
import { belayHome } from '../../../src/config/belay-home';
import { platformSocketPath } from '../../../src/platform/admin-api';
import { listenHost } from '../../../src/platform/listen-host';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly restart?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly profiles?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, unknown>>;
}

const root = join(__dirname, '../../..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const belay = services.filter(([, service]) => service.build !== undefined);

describe('docker-compose.yml', () => {
  it('has the server on PostgreSQL, Temporal Web, a worker and the platform', () => {
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining(['postgresql', 'temporal', 'temporal-web', 'worker', 'platform']),
    );
    expect(compose.services['temporal']?.environment).toMatchObject({
      DB: 'postgres12',
      POSTGRES_SEEDS: 'postgresql',
    });
  });

  it.each(services.filter(([, service]) => service.build === undefined))(
    'pins the image of %s to a full version',
    (_, { image }) => {
      expect(image).toMatch(/:\d+[.]\d+([.]\d+)?(-[a-z]+)?$/);
    },
  );

  it('runs the schema tool of the server that it prepares', () => {
    const version = (name: string): string | undefined =>
      compose.services[name]?.image?.split(':')[1];
    expect(version('temporal-schema')).toBe(version('temporal'));
    expect(version('temporal-namespace')).toBe(version('temporal'));
  });

  it.each(services)('lets %s wait only for services that exist and can become so', (_, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const awaited = compose.services[name];
      expect(awaited).toBeDefined();
      if (condition === 'service_healthy') expect(awaited?.healthcheck).toBeDefined();
      if (condition === 'service_completed_successfully') {
        expect(awaited?.restart).toMatch(/^on-failure/);
      }
    }
  });

  it('checks the health of everything that stays up', () => {
    const staying = services.filter(([, { restart }]) => restart === 'unless-stopped');
    expect(staying.map(([name]) => name).sort()).toEqual(
      ['platform', 'postgresql', 'temporal', 'temporal-web', 'worker'].sort(),
    );
    for (const [, { healthcheck }] of staying) expect(healthcheck?.test[0]).toMatch(/^CMD/);
  });

  it('publishes nothing beyond this host', () => {
    const published = services.flatMap(([, service]) => service.ports ?? []);
    expect(published.length).toBeGreaterThan(0);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('declares every volume and configuration that it mounts', () => {
    const mounted = services.flatMap(([, service]) => service.volumes ?? []);
    const named = mounted.flatMap((volume) => /^[a-z][a-z-]*(?=:)/.exec(volume) ?? []);
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
    const configs = services.flatMap(([, service]) => service.configs ?? []);
    expect(Object.keys(compose.configs)).toEqual(
      expect.arrayContaining(configs.map((config) => config.source)),
    );
  });

  it('has no password in it', () => {
    const secrets = services.flatMap(([, { environment }]) =>
      Object.entries(environment ?? {}).filter(([name]) => /PASSWORD|PWD/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.map(([, value]) => value)).toEqual(
      secrets.map(() => '${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}'),
    );
  });
});

describe('what docker-compose.yml shares with the code', () => {
  it.each(['worker', 'platform'])('starts %s by a command that the CLI has', (name) => {
    const [command] = compose.services[name]?.command ?? [];
    expect(existsSync(join(root, `src/cli/commands/${command}.ts`))).toBe(true);
  });

  it.each(belay)('tells %s its home, which is the shared volume', (_, service) => {
    const home = belayHome({ env: service.environment ?? {}, homedir: '/nowhere' });
    expect(service.volumes).toContain(`belay-home:${home}`);
  });

  it.each(belay)('tells %s where Temporal is', (_, service) => {
    const { address, from } = temporalAddress('/nowhere', service.environment ?? {});
    expect(from).toBe('TEMPORAL_ADDRESS');
    const [host = '', port] = address.split(':');
    expect(Object.keys(compose.services)).toContain(host);
    expect(port).toBe(DEFAULT_TEMPORAL_ADDRESS.split(':')[1]);
  });

  it('lets services listen where a published port arrives', () => {
    const { environment = {}, ports } = compose.services['platform'] ?? {};
    expect(ports).toContain('127.0.0.1:8080:8080');
    expect(listenHost(undefined, environment)).toBe('0.0.0.0');
  });

  it('shows worker and command line the same services, because the worker copies the artifact', () => {
    const shown = (name: string): readonly string[] =>
      compose.services[name]?.volumes?.filter((volume) => !volume.startsWith('belay-home:')) ?? [];
    expect(shown('cli')).toEqual(['${BELAY_SERVICES:-./examples}:/services:ro']);
    expect(shown('worker')).toEqual(shown('cli'));
    expect(text).toContain('--workdir /services/shop cli deploy');
    expect(existsSync(join(root, 'examples/shop/belay.yaml'))).toBe(true);
  });

  it("asks the platform's health at the socket that the home has", () => {
    const { environment = {}, healthcheck } = compose.services['platform'] ?? {};
    const socket = platformSocketPath(belayHome({ env: environment, homedir: '/nowhere' }));
    expect(healthcheck?.test.join(' ')).toContain(`'${socket}'`);
  });
});
