import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  runCommand,
  type CommandEnd,
  type CommandOrder,
} from '../../../src/adapters/inspection/run-command/run-command';
import { until } from '../../support/until';

const MB = 1_000_000;
/** A busy machine has started and set up the shell by then. */
const HANGS_MS = 3_000;
const GITHUB_TOKEN = ['ghp', 'a1B2'.repeat(9)].join('_');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('runCommand', () => {
  it('says the exit code and shows the last of both streams', async () => {
    const end = await node(`console.log('to stdout'); console.error('to stderr'); process.exit(3)`);
    expect(end).toMatchObject({ kind: 'exited', code: 3, survivors: 0 });
    expect(end.tail).toContain('to stdout\n');
    expect(end.tail).toContain('to stderr\n');
  });

  it('says which signal ended it', async () => {
    const end = await node(`process.kill(process.pid, 'SIGUSR2')`);
    expect(end).toMatchObject({ kind: 'signalled', signal: 'SIGUSR2' });
  });

  it('meets no shell: what a shell would read is one word', async () => {
    const word = '$(touch pwned); `touch pwned` && touch pwned > pwned *';
    const end = await node(`console.log(process.argv[1])`, {}, [word]);
    expect(end.tail).toBe(`${word}\n`);
    await expect(stat(join(folder, 'pwned'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['a program that is not there', { command: ['belay-no-such-program'] }, 'not-found'],
    ['an empty command', { command: [] }, 'not-started'],
    ['a zero byte', { command: ['node', 'a\0b'] }, 'not-started'],
    ['a relative folder', { cwd: 'src' }, 'not-started'],
    ['a folder that is not there', { cwd: '/no/such/folder' }, 'not-started'],
    ['words too long for the system', { command: ['node', 'x'.repeat(9 * MB)] }, 'not-started'],
    ['a file that is no program', { command: [__filename] }, 'not-started'],
  ])('does not start with %s, and says so', async (_case, change, kind) => {
    expect((await run({ command: ['node', '-v'], ...change })).kind).toBe(kind);
  });

  it('has nothing on stdin', async () => {
    const end = await node(`process.stdin.on('data', () => {}).on('end', () => process.exit(7))`);
    expect(end).toMatchObject({ kind: 'exited', code: 7 });
  });

  describe('the environment', () => {
    const LEAKS = ['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN', 'npm_config_registry', 'GITHUB_TOKEN'];
    const MORE = ['TEMPORAL_API_KEY', 'BELAY_SIGNING_KEY', 'NODE_OPTIONS', 'LD_PRELOAD', 'SHELL'];
    const before = { ...process.env };

    afterEach(() => {
      process.env = { ...before };
    });

    it('passes what is on the list and what the order names, and nothing else', async () => {
      for (const name of [...LEAKS, ...MORE]) process.env[name] = '';
      const end = await node(`console.log(Object.keys(process.env).sort().join())`, {
        env: { BELAY_TEST_ENVIRONMENT: 'staging' },
      });
      const allowed = ['BELAY_TEST_ENVIRONMENT', 'BELAY_RUN_ID', 'HOME', 'PATH', 'LANG', 'LC_ALL'];
      const names = end.tail.trim().split(',');
      expect(names.filter((name) => ![...allowed, 'TMPDIR'].includes(name))).toEqual([]);
      expect(names).toEqual(expect.arrayContaining(['BELAY_TEST_ENVIRONMENT', 'HOME', 'PATH']));
    });

    it('has a home of its own, which is gone afterwards', async () => {
      const end = await node(`
        require('node:fs').writeFileSync(process.env.HOME + '/left', '');
        console.log(process.env['HOME'])`);
      const home = end.tail.trim();
      expect(home).not.toBe(process.env['HOME']);
      await expect(stat(home)).rejects.toThrow('ENOENT');
    });
  });

  describe('output', () => {
    it('reads 50 MB in little memory, and keeps the end', async () => {
      const before = process.memoryUsage().rss;
      const end = await node(`
        const line = 'x'.repeat(1023) + '\\n';
        let left = 50_000;
        const more = () => {
          while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once('drain', more);
          process.stdout.write('the end');
        };
        more();`);
      expect(end.kind).toBe('exited');
      expect(end.tail.endsWith('x\nthe end')).toBe(true);
      expect(end.tail.length).toBeLessThanOrEqual(16_384);
      expect(process.memoryUsage().rss - before).toBeLessThan(50 * MB);
    });

    it('is not ended by more than a MiB, as execFile would', async () => {
      const end = await node(`process.stdout.write('y'.repeat(3_000_000), () => process.exit(0))`);
      expect(end).toMatchObject({ kind: 'exited', code: 0 });
    });

    it('hides the known shapes of secrets, and the values that the command was given', async () => {
      const password = ['correct', 'horse', 'battery'].join('-');
      const end = await node(
        `console.log('a', ${JSON.stringify(GITHUB_TOKEN)}, process.env.DATABASE_PASSWORD, 'b');
         console.log(Buffer.from(process.env.DATABASE_PASSWORD).toString('base64'), 'c')`,
        { env: { DATABASE_PASSWORD: password } },
      );
      expect(end.tail).toBe('a [redacted] [redacted] b\n[redacted] c\n');
    });

    it('hides before it cuts: no rest of a secret stands at the beginning of what is kept', async () => {
      const value = 'S3cr3t'.repeat(40);
      for (const after of [16_384, 16_384 - 100, 16_384 - value.length + 1, 131_072 - 20]) {
        const end = await node(
          `process.stdout.write('z'.repeat(200_000) + process.env.VALUE + 'z'.repeat(${after}))`,
          { env: { VALUE: value } },
        );
        expect(end.tail).not.toContain('S3cr3t');
      }
    });

    it('hides a value with a colour in the middle', async () => {
      const value = 'hunter2hunter2';
      const end = await node(
        `const v = process.env.VALUE; console.log(v.slice(0, 5) + '\\x1b[31m' + v.slice(5))`,
        { env: { VALUE: value } },
      );
      expect(end.tail).toBe('[redacted]\n');
    });

    it("hides what the caller's redaction finds", async () => {
      const end = await node(`console.log('plain words')`, {
        redact: (text) => text.replace('words', '***'),
      });
      expect(end.tail).toBe('plain ***\n');
    });
  });

  describe('the end', () => {
    it('ends a command that hangs, also one that ignores TERM', async () => {
      const startedAtMs = Date.now();
      const script = `trap '' TERM; echo up; while :; do sleep 0.1; done`;
      const end = await run({ command: ['sh', '-c', script], timeoutMs: HANGS_MS });
      expect(end).toMatchObject({ kind: 'timed-out', tail: 'up\n' });
      expect(Date.now() - startedAtMs).toBeLessThan(HANGS_MS + 7_000);
    });

    it('lets a command clean up within 2 s', async () => {
      const script = `trap 'echo clean; exit' TERM; while :; do sleep 0.1; done`;
      const end = await run({ command: ['sh', '-c', script], timeoutMs: HANGS_MS });
      expect(end.kind).toBe('timed-out');
      // The shell may say before that its sleep was ended, too.
      expect(end.tail).toMatch(/clean\n$/);
    });

    it('ends what a shell started, not only the shell', async () => {
      const end = await run({
        command: ['sh', '-c', 'sleep 300 & echo $! > grandchild; wait'],
        timeoutMs: HANGS_MS,
      });
      expect(end.kind).toBe('timed-out');
      expect(await isAlive('grandchild')).toBe(false);
    });

    it('is over when the program has exited, though a grandchild holds its pipes, and kills that', async () => {
      const startedAtMs = Date.now();
      const end = await run({ command: ['sh', '-c', 'sleep 300 & echo $! > grandchild; exit 4'] });
      expect(end).toMatchObject({ kind: 'exited', code: 4, survivors: 1 });
      expect(Date.now() - startedAtMs).toBeLessThan(5_000);
      expect(await isAlive('grandchild')).toBe(false);
    });

    (process.platform === 'linux' ? it : it.skip)(
      'finds what moved to a session of its own, lost its parent and ignores TERM',
      async () => {
        const stray = `process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {});
          require('node:fs').writeFileSync('stray', String(process.pid)); setInterval(() => {}, 1000)`;
        const end = await node(
          `const { spawn } = require('node:child_process');
           spawn(process.execPath, ['-e', ${JSON.stringify(stray)}], { detached: true, stdio: 'inherit' }).unref();
           const look = setInterval(() => { if (require('node:fs').existsSync('stray')) { clearInterval(look) } }, 20)`,
        );
        expect(end).toMatchObject({ kind: 'exited', code: 0, survivors: 1 });
        expect(await isAlive('stray')).toBe(false);
      },
    );

    (process.platform === 'linux' ? it : it.skip)(
      'finds what moved away and cleared its environment',
      async () => {
        const stray = "env -i setsid sh -c 'echo $$ > stray; exec sleep 300'";
        const end = await run({
          // A second more: such a one is seen only while its parent lives.
          command: ['sh', '-c', `${stray} & until [ -s stray ]; do sleep 0.1; done; sleep 1`],
        });
        expect(end).toMatchObject({ kind: 'exited', code: 0, survivors: 1 });
        expect(await isAlive('stray')).toBe(false);
      },
    );

    it('stops when nobody wants it any more', async () => {
      const controller = new AbortController();
      const running = run({
        ...{
          command: ['sh', '-c', 'echo $$ > new; mv new own; sleep 300'],
          signal: controller.signal,
        },
      });
      await until(() => existsSync(join(folder, 'own')));
      controller.abort();
      expect((await running).kind).toBe('cancelled');
      expect(await isAlive('own')).toBe(false);
    });

    it('does not start when nobody wants it', async () => {
      const end = await node(`require('node:fs').writeFileSync('ran', '')`, {
        signal: AbortSignal.abort(),
      });
      expect(end.kind).toBe('cancelled');
      await expect(stat(join(folder, 'ran'))).rejects.toThrow('ENOENT');
    });
  });
});

function node(
  script: string,
  change: Partial<CommandOrder> = {},
  words: readonly string[] = [],
): Promise<CommandEnd> {
  return run({ command: [process.execPath, '-e', script, '--', ...words], ...change });
}

function run(change: Partial<CommandOrder>): Promise<CommandEnd> {
  return runCommand({
    command: [],
    cwd: folder,
    env: {},
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...change,
  });
}

/** The process whose id stands in that file. A killed one may be a zombie for a moment. */
async function isAlive(file: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, file), 'utf8'));
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !status.slice(status.lastIndexOf(')')).startsWith(') Z');
}
