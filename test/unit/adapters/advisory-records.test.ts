import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { createAdvisorySources } from '../../../src/adapters/advisories/advisory-sources';
import type { AdvisoryAnswer, Coordinate } from '../../../src/ports/advisory-source';
import { FIXTURE_ADVISORIES_PATH } from '../../../tools/advisory-stub/start.mjs';

const LODASH: Coordinate = { ecosystem: 'npm', name: 'lodash', version: '4.17.0' };
const JINJA: Coordinate = { ecosystem: 'PyPI', name: 'jinja2', version: '2.10' };

const RECORD = {
  id: 'BELAY-FIXTURE-1',
  modified: '2026-01-02T00:00:00Z',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
    },
  ],
};
const OTHER = { ...RECORD, id: 'BELAY-FIXTURE-2', modified: '2026-01-01T00:00:00Z' };

async function ask(
  content: string | Buffer,
  components: readonly Coordinate[] = [LODASH],
  modifiedAtMs?: number,
): Promise<AdvisoryAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-advisories-'));
  try {
    const path = join(folder, 'advisories');
    await writeFile(path, content);
    if (modifiedAtMs !== undefined) await utimes(path, modifiedAtMs / 1_000, modifiedAtMs / 1_000);
    return await askFile(path, components);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function askFile(path: string, components: readonly Coordinate[] = [LODASH]) {
  const open = createAdvisorySources({ env: {} });
  const { signal } = new AbortController();
  const [source] = await open({ source: path, maxAgeMs: 1 }, signal);
  return source!.query(components, signal);
}

function zipOf(entries: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return collect(zip.outputStream);
}

async function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const text = (document: unknown): string => JSON.stringify(document);

describe('a file of advisories', () => {
  it.each([
    ['a list', text([RECORD, OTHER])],
    ['a list under vulns', text({ vulns: [RECORD, OTHER] })],
    ['a list under records', text({ records: [RECORD, OTHER] })],
    ['a list under advisories', text({ advisories: [RECORD, OTHER] })],
    ['JSON lines', `${text(RECORD)}\n${text(OTHER)}\n`],
    ['an indented list', JSON.stringify([RECORD, OTHER], null, 2)],
  ])('may be %s', async (_, content) => {
    const answer = await ask(content);
    expect(answer).toMatchObject({ kind: 'answered', unknownEcosystems: [] });
    expect(answer.kind === 'answered' && answer.matches.map(({ id }) => id)).toEqual([
      'BELAY-FIXTURE-1',
      'BELAY-FIXTURE-2',
    ]);
  });

  it('may be a single record', async () => {
    expect(await ask(text(RECORD))).toMatchObject({ matches: [{ fixedIn: '4.17.21' }] });
  });

  it('may be a zip of one record an entry, as OSV publishes them', async () => {
    const zip = await zipOf({ 'one.json': text(RECORD), 'two.json': text(OTHER), readme: 'hello' });
    const answer = await ask(zip);
    expect(answer.kind === 'answered' && answer.matches).toHaveLength(2);
  });

  it('may be the fixtures of the demo', async () => {
    const answer = await askFile(FIXTURE_ADVISORIES_PATH, [LODASH, JINJA]);
    expect(answer).toMatchObject({ kind: 'answered', unknownEcosystems: [] });
    expect(answer.kind === 'answered' && answer.matches).toHaveLength(2);
  });

  it('is as old as the newest of its records and the file itself', async () => {
    const content = text([RECORD, OTHER]);
    const recordsMs = Date.UTC(2026, 0, 2);
    const laterMs = Date.UTC(2026, 5, 1);
    expect(await ask(content, [LODASH], laterMs)).toMatchObject({ updatedAtMs: laterMs });
    const earlierMs = Date.UTC(2025, 5, 1);
    expect(await ask(content, [LODASH], earlierMs)).toMatchObject({ updatedAtMs: recordsMs });
  });

  it('says which ecosystems it knows nothing about', async () => {
    const answer = await ask(text([RECORD]), [LODASH, JINJA]);
    expect(answer).toMatchObject({ kind: 'answered', unknownEcosystems: ['PyPI'] });
  });

  it('knows nothing about an ecosystem of which it has only withdrawn records', async () => {
    const answer = await ask(text([{ ...RECORD, withdrawn: '2026-01-01T00:00:00Z' }]));
    expect(answer).toMatchObject({ kind: 'answered', matches: [], unknownEcosystems: ['npm'] });
  });

  it('is broken where its records do not match what they say themselves', async () => {
    const events = [{ introduced: '2.0.0' }, { fixed: '2.0.0' }];
    const affected = [{ ...RECORD.affected[0], ranges: [{ type: 'SEMVER', events }] }];
    expect(await ask(text([{ ...RECORD, affected }]))).toMatchObject({ kind: 'broken' });
  });

  it.each([
    ['nothing', ''],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['HTML', '<html></html>'],
    ['half a document', text([RECORD]).slice(0, 100)],
    ['a record without what it affects', text([{ id: 'X-1' }])],
    ['a record without an id', text([{ affected: [] }])],
    ['an id that would be an address', text([{ ...RECORD, id: '../../etc/passwd' }])],
    ['binary', '\u0000\u0001\u0002'],
    ['deep nesting', '['.repeat(200_000)],
  ])('that is %s is no answer', async (_, content) => {
    const answer = await ask(content);
    expect(answer).toMatchObject({ kind: 'unavailable' });
    expect(answer.kind === 'unavailable' && answer.reason).toContain('holds no OSV records');
  });

  it('that is not there, or is a folder, is no answer', async () => {
    const absent = await askFile(join(tmpdir(), 'belay-no-such-advisories'));
    expect(absent.kind === 'unavailable' && absent.reason).toContain('cannot be read (ENOENT)');
    const folder = await askFile(tmpdir());
    expect(folder.kind === 'unavailable' && folder.reason).toContain('it is no file');
  });

  describe('in a zip', () => {
    it('written by hand is read where it is honest', async () => {
      expect(await ask(craftedZip('one.json', text(RECORD)))).toMatchObject({ kind: 'answered' });
    });

    it.each([
      [
        'cut off',
        async () => (await zipOf({ 'one.json': text(RECORD) })).subarray(0, 80),
        'no whole zip',
      ],
      ['empty', () => zipOf({}), 'holds no OSV records'],
      ['of other things', () => zipOf({ 'readme.txt': 'hello' }), 'holds no OSV records'],
      [
        'with half a record',
        () => zipOf({ 'one.json': text(RECORD), 'two.json': '{"id":' }),
        'holds 1 entries',
      ],
      ['that is a bomb', () => zipOf({ 'one.json': ' '.repeat(9_000_000) }), 'inflates'],
      [
        'with one huge entry',
        () => zipOf({ 'one.json': ' '.repeat(17_000_000) }),
        'holds an entry of 17000000 bytes',
      ],
      ['that climbs out', () => craftedZip('../one.json', text(RECORD)), 'no whole zip'],
      [
        'that lies about its sizes',
        () => craftedZip('one.json', ' '.repeat(5_000_000), 10),
        'no whole zip',
      ],
    ] as const)('%s is no answer', async (_, make, reason) => {
      const answer = await ask(await make());
      expect(answer.kind).toBe('unavailable');
      expect(answer.kind === 'unavailable' && answer.reason).toContain(reason);
    });
  });
});

/** A zip that no honest library writes: one entry of this name, which says that it has so many bytes. */
function craftedZip(name: string, content: string, said = content.length): Buffer {
  const data = deflateRawSync(Buffer.from(content));
  const file = Buffer.from(name);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(said, 8);
  sizes.writeUInt16LE(file.length, 12);
  const head = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, sizes, file, data]);
  const tail = Buffer.alloc(14);
  const entry = [Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, sizes, tail, file];
  const central = Buffer.concat(entry);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end]);
}
