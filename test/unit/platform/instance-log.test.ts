import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceLog } from '../../../src/platform/supervisor/instance-log';

describe('the log of an instance', () => {
  let folder: string;
  let path: string;
  let log: InstanceLog;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belay-log-'));
    path = join(folder, 'i.log');
    log = new InstanceLog(path, 20);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a log that was emptied a moment ago still tells its last lines', async () => {
    writeFileSync(path, 'first line\nsecond line\nthird line\n');
    log.rotate();
    expect(await log.lastLines(2)).toEqual(['second line', 'third line']);
    appendFileSync(path, 'fourth line\n');
    expect(await log.lastLines(2)).toEqual(['third line', 'fourth line']);
    expect(await log.lastLines(1)).toEqual(['fourth line']);
    expect(await log.lastLines(9)).toHaveLength(4);
  });

  test('what is not too big stays where it is', async () => {
    writeFileSync(path, 'one\ntwo\n');
    log.rotate();
    expect(existsSync(`${path}.1`)).toBe(false);
    expect(await log.lastLines(5)).toEqual(['one', 'two']);
  });

  test('none are asked for, and none were written', async () => {
    expect(await log.lastLines(3)).toEqual([]);
    writeFileSync(path, 'one\n');
    expect(await log.lastLines(0)).toEqual([]);
  });
});
