import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLine, runCommand } from '../../../tools/run-command.mjs';

const node = process.execPath;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-run-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('runCommand', () => {
  it('gives code and output of a command that ended', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)';
    const result = await runCommand([node, '-e', script], { timeoutMs: 10_000 });
    expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('answers for a command that does not exist', async () => {
    const result = await runCommand([join(folder, 'none')], { timeoutMs: 10_000 });
    expect(result.code).not.toBe(0);
    expect(lastLine(result)).toBe('not installed');
  });

  it('kills the whole group of a command that runs out of time', async () => {
    const pidFile = join(folder, 'grandchild');
    const script = `sleep 60 & echo $! > ${pidFile}; wait`;
    const result = await runCommand(['/bin/sh', '-c', script], { timeoutMs: 3_000 });
    expect(result.stopped).toBe('timeout');
    expect(await isGone(Number(readFileSync(pidFile, 'utf8')))).toBe(true);
  });

  it('starts nothing when it is aborted already', async () => {
    const mark = join(folder, 'mark');
    const result = await runCommand(['/bin/sh', '-c', `echo > ${mark}`], {
      timeoutMs: 10_000,
      signal: AbortSignal.abort(),
    });
    expect(result).toMatchObject({ code: null, stopped: 'aborted' });
    expect(existsSync(mark)).toBe(false);
  });
});

async function isGone(pid: number): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return false;
}
