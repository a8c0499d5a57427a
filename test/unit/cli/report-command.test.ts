import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import { BelayError } from '../../../src/domain/errors';
import type { LedgerRecord, MonitoredRecord } from '../../../src/domain/ledger-record';
import { aRun, aStatus } from '../client/samples';
import { FakeCli } from './fake-cli';
import { ROLLED_BACK } from './ledger-samples';
import { aCriterion, aReport, aStep } from './report-samples';

let cli: FakeCli;
const { deploymentId } = ROLLED_BACK;

beforeEach(() => {
  cli = new FakeCli();
});
afterEach(() => {
  cli.remove();
});

const MONITORED: MonitoredRecord = {
  steps: [aStep()],
  criteria: [aCriterion()],
  monitoring: DEFAULT_MONITORING,
  alerts: [],
  session: null,
  performance: null,
  notes: ['a note of the plan'],
};

async function keep(record: LedgerRecord, monitored?: MonitoredRecord): Promise<void> {
  await cli.ledger.open(record);
  if (record.closing === null) return;
  const closing = monitored === undefined ? record.closing : { ...record.closing, monitored };
  await cli.ledger.close(record.deploymentId, closing);
}

const keepWindows = (): Promise<void> =>
  cli.evidence.append({ deploymentId, stepId: '04-bake-10', windows: aReport().windows });

const written = (): string => readFileSync(join(cli.home, 'report.html'), 'utf8');

describe('belay report --html', () => {
  test('draws an ended deployment from ledger and evidence, without Temporal', async () => {
    cli.away = new Error('the ledger needs no Temporal');
    await keep(ROLLED_BACK, MONITORED);
    await keepWindows();
    const { code, stdout } = await cli.run('report', 'shop/production', '--html', 'report.html');
    expect(code).toBe(0);
    expect(stdout).toContain(`${join(cli.home, 'report.html')} is written`);
    for (const part of [
      'Rolled back: shop/production',
      'aria-labelledby="error-rate-name',
      'limit 5 % over 5 s, rolls back',
      '04-bake-10: Watch at 10 %',
      'a note of the plan',
      'error_rate was 8 %',
    ]) {
      expect(written()).toContain(part);
    }
  });

  test('names the rule of a verdict where the same windows say the same again', async () => {
    const verdicts = [
      { stepId: '04-bake-10', kind: 'safe', sentence: 'nothing is beyond a limit' },
      { stepId: '06-bake-50', kind: 'harm', sentence: 'by a rule that no window shows' },
    ];
    const fine = aReport().windows.slice(0, 14);
    const limits = { leastMs: 5_000, longestMs: 60_000, minimumRequests: 20 };
    await keep(
      { ...ROLLED_BACK, closing: { ...ROLLED_BACK.closing!, verdicts } },
      { ...MONITORED, steps: [aStep({ limits })] },
    );
    await cli.evidence.append({ deploymentId, stepId: '04-bake-10', windows: fine });
    await cli.run('report', deploymentId, '--html', 'report.html');
    expect(written()).toMatch(/04-bake-10.*safe<\/span><\/td><td><code>clear<\/code>/);
    expect(written()).toMatch(/06-bake-50.*harm<\/span><\/td><td><code>–<\/code>/);
  });

  test('answers with the place of the page as JSON', async () => {
    await keep(ROLLED_BACK, MONITORED);
    const { stdout } = await cli.run(
      ...['report', deploymentId, '--html', 'report.html', '--output', 'json'],
    );
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      deployment: deploymentId,
      outcome: 'rolled-back',
      html: join(cli.home, 'report.html'),
    });
  });

  test('a running deployment is drawn from what the workflow says now', async () => {
    await keep({ ...ROLLED_BACK, closing: null });
    await keepWindows();
    cli.runs.runs.push(aRun());
    cli.runs.statuses = [aStatus({ steps: [aStep({ state: 'doing', endedAtMs: null })] })];
    const { code } = await cli.run('report', 'shop/production', '--html', 'report.html');
    expect(code).toBe(0);
    expect(written()).toContain('In progress');
    expect(written()).toContain('04-bake-10: Watch at 10 %');
  });

  test('with less, and said so, where an old record has no steps and Temporal is away', async () => {
    cli.away = new BelayError('TEMPORAL_UNAVAILABLE', 'away');
    await keep(ROLLED_BACK);
    await keepWindows();
    const { code } = await cli.run('report', 'shop/production', '--html', 'report.html');
    expect(code).toBe(0);
    expect(written()).toContain('The steps with their times and limits are not known');
    expect(written()).toContain('aria-labelledby="error-rate-name');
  });

  test('5: what neither ledger nor Temporal knows; nothing is written', async () => {
    const { code, stderr } = await cli.run('report', 'shop/nowhere', '--html', 'report.html');
    expect(code).toBe(5);
    expect(stderr).toContain('belay history');
    expect(existsSync(join(cli.home, 'report.html'))).toBe(false);
  });

  test('2: a folder, --file beside it, and a place that cannot be written', async () => {
    mkdirSync(join(cli.home, 'dist'));
    expect((await cli.run('report', 'dist', '--html', 'x.html')).code).toBe(2);
    expect((await cli.run('report', 'shop/production', '--html', 'x', '--file', 'y')).code).toBe(2);
    await keep(ROLLED_BACK, MONITORED);
    const { code } = await cli.run('report', 'shop/production', '--html', 'no/such/folder.html');
    expect(code).toBe(2);
  });
});
