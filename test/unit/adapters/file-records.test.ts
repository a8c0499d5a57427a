import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAppendLog } from '../../../src/adapters/append-log';
import { safeName } from '../../../src/adapters/durable-file';
import { createFileEvidenceRecord } from '../../../src/adapters/evidence/file-evidence-record';
import { createFileLedger } from '../../../src/adapters/ledger/file-ledger';
import { createFileEnvironmentRecord } from '../../../src/adapters/records/file-environment-record';
import { hold, stable } from '../../contract/environment-record.contract';
import { append, windowAt } from '../../contract/evidence-record.contract';
import { closing, idOf, opening } from '../../contract/ledger.contract';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'belay-files-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('the evidence record in files', () => {
  const path = () => join(home, 'evidence', 'shop-production-1.jsonl');
  const numbers = async (record = createFileEvidenceRecord({ home })) =>
    (await record.read('shop-production-1', 0)).map(({ window }) => window.number);

  it('survives a last line that a crash cut short, and what is appended after it', async () => {
    const record = createFileEvidenceRecord({ home });
    await append(record, '04-bake-5', [windowAt(10)]);
    await append(record, '04-bake-5', [windowAt(11)]);
    const { length } = await readFile(path());
    await truncate(path(), length - 20);
    expect(await numbers()).toEqual([10]);
    await append(createFileEvidenceRecord({ home }), '04-bake-5', [windowAt(11), windowAt(12)]);
    expect(await numbers()).toEqual([10, 11, 12]);
  });

  it('skips lines that are no evidence', async () => {
    await append(createFileEvidenceRecord({ home }), '04-bake-5', [windowAt(10)]);
    await appendFile(path(), 'null\n{"stepId":1}\nnot json\n');
    await append(createFileEvidenceRecord({ home }), '04-bake-5', [windowAt(11)]);
    expect(await numbers()).toEqual([10, 11]);
  });

  it('forgets what it had read when the file is another one', async () => {
    const record = createFileEvidenceRecord({ home });
    await append(record, '04-bake-5', [windowAt(10), windowAt(11)]);
    expect(await numbers(record)).toEqual([10, 11]);
    await rm(path());
    await append(createFileEvidenceRecord({ home }), '04-bake-5', [windowAt(12)]);
    expect(await numbers(record)).toEqual([12]);
  });

  it('writes nothing for windows that it has', async () => {
    await append(createFileEvidenceRecord({ home }), '04-bake-5', [windowAt(10)]);
    const before = await readFile(path(), 'utf8');
    await append(createFileEvidenceRecord({ home }), '04-bake-5', [windowAt(10)]);
    expect(await readFile(path(), 'utf8')).toBe(before);
  });

  it('keeps more deployments than it has memory for', async () => {
    const record = createFileEvidenceRecord({ home });
    for (let index = 0; index < 40; index += 1) {
      await record.append({
        deploymentId: `shop-${index}`,
        stepId: 's',
        windows: [windowAt(index)],
      });
    }
    for (const index of [0, 39]) {
      const [found] = await record.read(`shop-${index}`, 0);
      expect(found?.window.number).toBe(index);
    }
  });

  it('says that evidence is unavailable when its folder cannot be used', async () => {
    await writeFile(join(home, 'evidence'), 'a file where the folder should be');
    const record = createFileEvidenceRecord({ home });
    await expect(append(record, 's', [windowAt(1)])).rejects.toMatchObject({
      code: 'EVIDENCE_UNAVAILABLE',
    });
  });
});

describe('an append log', () => {
  it('loses no line of several writers', async () => {
    const path = join(home, 'log.jsonl');
    const writers = Array.from({ length: 20 }, () => openAppendLog(path));
    await Promise.all(
      writers.map((writer, index) => writer.append({ index, text: 'x'.repeat(5_000) })),
    );
    const { values } = await openAppendLog(path).readNew();
    const indexes = values.map((value) => (value as { index: number }).index);
    expect(indexes.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('answers each line once', async () => {
    const log = openAppendLog(join(home, 'log.jsonl'));
    await log.append(1);
    expect(await log.readNew()).toEqual({ restarted: false, values: [1] });
    expect(await log.readNew()).toEqual({ restarted: false, values: [] });
    await log.append(2);
    expect(await log.readNew()).toEqual({ restarted: false, values: [2] });
  });
});

describe('the environment record in files', () => {
  const shop = { service: 'shop', environment: 'production' };

  it('survives a last line that a crash cut short', async () => {
    const record = createFileEnvironmentRecord({ home });
    await record.setStable(shop, stable('1'));
    await record.hold(shop, hold('2'));
    const path = join(home, 'records/shop/production.jsonl');
    await truncate(path, (await readFile(path)).length - 5);
    expect(await record.read(shop)).toMatchObject({ stable: stable('1'), holds: [] });
    await record.hold(shop, hold('3'));
    expect(await record.read(shop)).toMatchObject({ stable: stable('1'), holds: [hold('3')] });
  });

  it('does not grow when the same comes again', async () => {
    const record = createFileEnvironmentRecord({ home });
    for (let times = 0; times < 5; times += 1) {
      await record.setStable(shop, stable('1'));
      await record.hold(shop, hold('2'));
    }
    const text = await readFile(join(home, 'records/shop/production.jsonl'), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
  });

  it('stays in its folder whatever a service is called', async () => {
    const record = createFileEnvironmentRecord({ home });
    const ref = { service: '..', environment: '../../x' };
    await record.hold(ref, hold('2'));
    expect((await record.read(ref)).holds).toHaveLength(1);
    expect(await readdir(home)).toEqual(['records']);
  });
});

describe('the ledger in files', () => {
  it('takes no notice of files that no process finished', async () => {
    const ledger = createFileLedger({ home });
    await ledger.open(opening(1));
    await writeFile(join(home, 'ledger', `${idOf(2)}.json`), '{"recordVersion":1,"deploy');
    await writeFile(join(home, 'ledger', `${idOf(3)}.json.abc.tmp`), '{}');
    const found = await ledger.list({ service: 'shop', environment: 'production', limit: 5 });
    expect(found.map(({ deploymentId }) => deploymentId)).toEqual([idOf(1)]);
    expect(await ledger.find(idOf(2))).toBeNull();
  });

  it('opens and closes anew what was left half written', async () => {
    const ledger = createFileLedger({ home });
    await mkdir(join(home, 'ledger'));
    await writeFile(join(home, 'ledger', `${idOf(2)}.json`), '{"recordVersion":1,"deploy');
    await ledger.open(opening(2));
    await ledger.close(idOf(2), closing());
    expect(await ledger.find(idOf(2))).toEqual({ ...opening(2), closing: closing() });
  });

  it('leaves alone what a later version wrote', async () => {
    const ledger = createFileLedger({ home });
    await mkdir(join(home, 'ledger'));
    const path = join(home, 'ledger', `${idOf(2)}.json`);
    await writeFile(path, '{"recordVersion":2,"more":"than we know"}');
    await ledger.open(opening(2));
    await ledger.close(idOf(2), closing());
    expect(await readFile(path, 'utf8')).toBe('{"recordVersion":2,"more":"than we know"}');
    expect(await ledger.find(idOf(2))).toBeNull();
  });

  it('reads what an earlier version wrote, without the fields that came later', async () => {
    const ledger = createFileLedger({ home });
    const { restores: _restores, ...oldOpening } = opening(1);
    const {
      decisions: _decisions,
      undone: _undone,
      rollback: _rollback,
      ...oldClosing
    } = closing();
    await mkdir(join(home, 'ledger'));
    const text = JSON.stringify({ ...oldOpening, closing: oldClosing });
    await writeFile(join(home, 'ledger', `${idOf(1)}.json`), text);
    expect(await ledger.find(idOf(1))).toEqual({
      ...opening(1),
      closing: { ...closing(), decisions: [], undone: [], rollback: null },
    });
  });

  it('leaves no temporary file behind', async () => {
    const ledger = createFileLedger({ home });
    await ledger.open(opening(1));
    await ledger.close(idOf(1), closing());
    expect(await readdir(join(home, 'ledger'))).toEqual([`${idOf(1)}.json`]);
  });
});

describe('a safe name', () => {
  it.each(['..', '.', '../x', 'a/b', '.hidden', 'a\0b'])('%j cannot leave its folder', (name) => {
    expect(safeName(name)).toMatch(/^[^./\0][^/\0]*$/);
  });

  it('leaves ordinary names as they are', () => {
    expect(safeName('shop-production.1')).toBe('shop-production.1');
  });
});
