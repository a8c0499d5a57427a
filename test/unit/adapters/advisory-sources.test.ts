import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bulkEndpoint } from '../../../src/adapters/advisories/advisory-sources/bulk-endpoint';
import { fixedVersion } from '../../../src/adapters/advisories/advisory-sources/fixed-version';
import { npmRegistry } from '../../../src/adapters/advisories/advisory-sources/npm-registry';
import { osvApi } from '../../../src/adapters/advisories/advisory-sources/osv-api';
import { withCanary } from '../../../src/adapters/advisories/advisory-sources/with-canary';
import type { AdvisorySource, Coordinate } from '../../../src/ports/advisory-source';
import {
  startAdvisoryStub,
  type AdvisoryStubOptions,
} from '../../../tools/advisory-stub/start.mjs';

const LIMITS = { timeoutMs: 10_000, maxBytes: 10_000_000 };
const { signal } = new AbortController();

function npm(name: string, version: string): Coordinate {
  return { ecosystem: 'npm', name, version };
}

async function withStub<T>(
  options: AdvisoryStubOptions,
  run: (address: string, requests: readonly { path: string; body: string }[]) => Promise<T>,
): Promise<T> {
  const stub = await startAdvisoryStub(options);
  return run(stub.address, stub.requests).finally(stub.close);
}

function answering(answer: (path: string, request: number) => unknown): AdvisoryStubOptions {
  let requests = 0;
  return {
    answer: (request, response) => {
      requests += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer(request.url ?? '', requests)));
      return true;
    },
  };
}

describe('the bulk endpoint of a registry', () => {
  const advisory = {
    id: 7,
    url: 'https://advisories.example/GHSA-aaaa-bbbb-cccc',
    title: 'Bad',
    severity: 'moderate',
    vulnerable_versions: '>=1.0.0 <1.2.3',
    cvss: { score: 0, vectorString: null },
  };

  it('is asked for names and versions, and its ranges are compared', async () => {
    const answers = answering(() => ({ thing: [advisory] }));
    await withStub(answers, async (address, requests) => {
      const answer = await bulkEndpoint(address, LIMITS).query(
        [npm('thing', '1.2.0'), npm('thing', '1.2.3'), npm('other', '1.0.0')],
        signal,
      );
      expect(requests[0]).toMatchObject({
        path: '/-/npm/v1/security/advisories/bulk',
        body: '{"thing":["1.2.0","1.2.3"],"other":["1.0.0"]}',
      });
      expect(answer).toMatchObject({
        kind: 'answered',
        matches: [
          {
            coordinate: { version: '1.2.0' },
            id: 'GHSA-aaaa-bbbb-cccc',
            severityWord: 'moderate',
            fixedIn: '1.2.3',
          },
        ],
      });
    });
  });

  it('keeps an advisory whose range cannot be read', async () => {
    const odd = { ...advisory, url: null, vulnerable_versions: 'all of them' };
    await withStub(
      answering(() => ({ thing: [odd] })),
      async (address) => {
        const answer = await bulkEndpoint(address, LIMITS).query([npm('thing', '1.0.0')], signal);
        expect(answer).toMatchObject({ matches: [{ id: 'npm-advisory-7', fixedIn: null }] });
      },
    );
  });

  it('is asked in parts where there are many names, below the path of the registry', async () => {
    const names = Array.from({ length: 4_500 }, (_, index) => npm(`thing-${index}`, '1.0.0'));
    await withStub(
      answering(() => ({})),
      async (address, requests) => {
        await bulkEndpoint(`${address}/npm`, LIMITS).query(names, signal);
        expect(requests.map(({ path }) => path)).toEqual(
          Array(3).fill('/npm/-/npm/v1/security/advisories/bulk'),
        );
      },
    );
  });

  it('knows malware by what the registry calls it', async () => {
    const malware = { ...advisory, title: 'Malware in thing', severity: 'critical' };
    await withStub(
      answering(() => ({ thing: [malware] })),
      async (address) => {
        const answer = await bulkEndpoint(address, LIMITS).query([npm('thing', '1.0.0')], signal);
        expect(answer).toMatchObject({ matches: [{ isMalicious: true }] });
      },
    );
  });

  it.each([
    ['<1.2.3', '1.0.0', '1.2.3'],
    ['>=1.0.0 <1.2.3 || >=2.0.0 <2.1.0', '2.0.0', '2.1.0'],
    ['<=1.2.3', '1.0.0', null],
    ['*', '1.0.0', null],
    ['nonsense', '1.0.0', null],
    ['1.0.0', '1.0.0', null],
  ])('reads the fix out of %s for %s', (range, version, expected) => {
    expect(fixedVersion(range, version)).toBe(expected);
  });
});

describe('the OSV API', () => {
  const record = (id: string) => ({
    id,
    affected: [
      {
        package: { ecosystem: 'npm', name: 'thing' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
      },
    ],
  });

  it('is asked for further pages', async () => {
    const answers = answering((path, request) => {
      if (path.startsWith('/v1/vulns/')) return record(path.slice('/v1/vulns/'.length));
      if (request === 1) return { results: [{ vulns: [{ id: 'X-1' }], next_page_token: 'more' }] };
      return { results: [{ vulns: [{ id: 'X-2' }] }] };
    });
    await withStub(answers, async (address, requests) => {
      const answer = await osvApi(address, LIMITS).query([npm('thing', '1.0.0')], signal);
      expect(answer).toMatchObject({
        matches: [
          { id: 'X-1', fixedIn: '2.0.0' },
          { id: 'X-2', fixedIn: '2.0.0' },
        ],
      });
      expect(requests[1]?.body).toContain('"page_token":"more"');
    });
  });

  it('is unavailable where its pages never end', async () => {
    const answers = answering(() => ({ results: [{ next_page_token: 'more' }] }));
    await withStub(answers, async (address) => {
      const answer = await osvApi(address, LIMITS).query([npm('thing', '1.0.0')], signal);
      expect(answer).toMatchObject({ kind: 'unavailable' });
    });
  });

  it.each([
    ['fewer answers than questions', { results: [] }],
    ['an advisory without an id', { results: [{ vulns: [{}] }] }],
    ['an id that would be a path', { results: [{ vulns: [{ id: '../../x' }] }] }],
    ['a record of another id', { results: [{ vulns: [{ id: 'X-2' }] }], ...record('X-1') }],
  ])('is unavailable where it gives %s', async (_, document) => {
    await withStub(
      answering(() => document),
      async (address) => {
        const answer = await osvApi(address, LIMITS).query([npm('thing', '1.0.0')], signal);
        expect(answer).toMatchObject({ kind: 'unavailable' });
      },
    );
  });

  it('is asked for at most a thousand at a time', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => npm(`thing-${index}`, '1.0.0'));
    await withStub({}, async (address, requests) => {
      const answer = await osvApi(address, LIMITS).query(names, signal);
      expect(answer).toMatchObject({ kind: 'answered', matches: [] });
      const sizes = requests.map(
        ({ body }) => (JSON.parse(body) as { queries: unknown[] }).queries.length,
      );
      expect(sizes).toEqual([1_000, 500]);
    });
  });
});

describe('the canary', () => {
  const silent: AdvisorySource = {
    name: 'silent',
    query: async () => ({
      kind: 'answered',
      matches: [],
      updatedAtMs: 0,
      unknownEcosystems: [],
    }),
  };

  it.each([
    ['npm', 'lodash 4.17.0'],
    ['PyPI', 'jinja2 2.4.1'],
  ] as const)('is missed by a source that knows nothing about %s', async (ecosystem, canary) => {
    const answer = await withCanary(silent).query(
      [{ ecosystem, name: 'x', version: '1.0.0' }],
      signal,
    );
    expect(answer).toMatchObject({ kind: 'broken' });
    expect(answer.kind === 'broken' && answer.reason).toContain(canary);
  });

  it('is no match that anybody asked for', async () => {
    await withStub({}, async (address) => {
      const source = withCanary(osvApi(address, LIMITS));
      expect(await source.query([npm('left-pad', '1.0.0')], signal)).toMatchObject({ matches: [] });
      const asked = await source.query([npm('lodash', '4.17.0')], signal);
      expect(asked.kind === 'answered' && asked.matches).toHaveLength(1);
    });
  });
});

describe('the registry of the npm configuration', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'belay-npm-home-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const envOf = (folder: string) => ({
    PATH: process.env['PATH'],
    HOME: folder,
    npm_config_globalconfig: '/dev/null',
  });

  it('is the one of the person, whatever folder the process stands in', async () => {
    await writeFile(join(home, '.npmrc'), 'registry=https://packages.example/npm/\n');
    const tree = join(home, 'tree');
    await mkdir(tree);
    await writeFile(join(tree, '.npmrc'), 'registry=https://evil.example/\noffline=true\n');
    await writeFile(join(tree, 'package.json'), '{}');
    const before = process.cwd();
    process.chdir(tree);
    try {
      expect(await npmRegistry(envOf(home), signal)).toBe('https://packages.example/npm/');
    } finally {
      process.chdir(before);
    }
  });

  it.each([
    ['is not there', null],
    ['says something else', '#!/bin/sh\necho hello\n'],
    ['fails', '#!/bin/sh\necho https://packages.example/\nexit 1\n'],
    ['names a file', '#!/bin/sh\necho file:///etc/passwd\n'],
  ])('is unknown where npm %s', async (_, script) => {
    if (script !== null) {
      await writeFile(join(home, 'npm'), script);
      await chmod(join(home, 'npm'), 0o755);
    }
    const path = script === null ? home : `${home}:/bin:/usr/bin`;
    expect(await npmRegistry({ PATH: path, HOME: home }, signal)).toBeNull();
  });
});
