import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LEAST_RETENTION_DAYS } from '../../../src/client/namespace';
import { SEARCH_ATTRIBUTES } from '../../../src/domain/search-attributes';
import { homeLayout } from '../../../src/domain/home-layout';
import { searchAttributes } from '../../../tools/temporal/dev-server.mjs';

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

  it.each(['postgresql', 'temporal', 'platform', 'worker'])('checks the health of %s', (name) => {
    expect(compose.services[name]?.healthcheck?.test[0]).toMatch(/^CMD/);
  });

  it('publishes nothing beyond this host', () => {
    const published = services.flatMap(([, service]) => service.ports ?? []);
    expect(published.length).toBeGreaterThan(0);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('declares every volume and configuration that it mounts', () => {
    const volumes = services.flatMap(([, service]) => service.volumes ?? []);
    expect(Object.keys(compose.volumes)).toEqual(
      expect.arrayContaining(volumes.map((volume) => volume.split(':')[0])),
    );
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

  it.each(belay)('gives %s the home, the server and the shared volume', (_, service) => {
    const home = '/var/lib/belay';
    expect(service.environment).toEqual({ BELAY_HOME: home, TEMPORAL_ADDRESS: 'temporal:7233' });
    expect(service.volumes).toContain(`belay-home:${home}`);
  });

  it("asks the platform's health at the socket that the home has", () => {
    const socket = `${homeLayout('/var/lib/belay').platform}/admin.sock`;
    expect(compose.services['platform']?.healthcheck?.test.join(' ')).toContain(`'${socket}'`);
  });

  it('makes the namespace with the search attributes of the client, as the development server does', () => {
    const script = compose.services['temporal-namespace']?.command?.join(' ') ?? '';
    const made = [...script.matchAll(/--type (\w+)((?:[\s\\]+--name \w+)+)/g)].flatMap(
      ([, type, names]) =>
        (names?.match(/Belay\w+/g) ?? []).map((name) => [name, type?.toUpperCase()] as const),
    );
    expect(Object.fromEntries(made)).toEqual(SEARCH_ATTRIBUTES);
    const ofDevServer = Object.entries(searchAttributes).map(
      ([name, type]) => [name, type.toUpperCase()] as const,
    );
    expect(Object.fromEntries(ofDevServer)).toEqual(SEARCH_ATTRIBUTES);
  });

  it('keeps histories at least as long as Belay asks for', () => {
    const days = /--retention (\d+)d/.exec(text)?.[1];
    expect(Number(days)).toBeGreaterThanOrEqual(LEAST_RETENTION_DAYS);
  });
});
