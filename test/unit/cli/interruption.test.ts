import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { interruptionOf } from '../../../src/cli/interruption';
import { until } from '../../support/until';
import { FakeCli } from './fake-cli';

const ENDED =
  'Interrupted; nothing was decided, and what was started for the checks has been ended.';

describe('an interruption', () => {
  it.each([
    ['verify ./dist'],
    ['-C verify report shop/production'],
    ['--output json --home=/h evidence dist'],
  ])('of `belay %s` ends what was started for the checks, and waits for that', (line) => {
    expect(interruptionOf(line.split(' '))).toEqual({ words: ENDED, graceMs: 5_000 });
  });

  it.each([['deploy verify'], ['-C verify status'], ['--home report up'], ['--help'], ['']])(
    'of `belay %s` leaves what was started alone',
    (line) => {
      const { words, graceMs } = interruptionOf(line.split(' '));
      expect(words).toContain('What was started goes on');
      expect(graceMs).toBe(1_000);
    },
  );

  describe('of verify', () => {
    let cli: FakeCli;

    beforeEach(() => {
      cli = new FakeCli();
      mkdirSync(join(cli.home, 'dist'));
      writeFileSync(join(cli.home, 'dist', 'index.js'), 'console.log(1)\n');
    });

    afterEach(() => cli.remove());

    it('ends the test command, decides nothing and exits 130', async () => {
      const script = 'echo $$ > new; mv new pid; sleep 300';
      writeFileSync(
        join(cli.home, 'belay.yaml'),
        `service: x
artifact: ./dist
run: [node, index.js]
listen: 8080
health: { path: /health }
deploymentPipeline:
  testing:
    unitTests: { command: [sh, -c, '${script}'], report: j.xml }
`,
      );
      const running = cli.run('-C', cli.home, 'verify', 'dist');
      const pidFile = join(cli.home, 'pid');
      await until(() => existsSync(pidFile), 20_000);
      cli.interruption.abort();
      expect(await running).toEqual({ code: 130, stdout: '', stderr: `${ENDED}\n` });
      const pid = Number(readFileSync(pidFile, 'utf8'));
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }, 40_000);
  });
});
