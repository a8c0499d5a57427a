import { historyAnswer } from '../../../src/cli/output/history';
import { recordAnswer } from '../../../src/cli/output/show';
import { widthOf } from '../../../src/cli/output/style';
import type { LedgerRecord } from '../../../src/domain/ledger-record';
import { NEW, OLD, START_MS } from '../client/samples';
import { RESTORED, ROLLED_BACK } from './ledger-samples';

const WIDE = { color: false, unicode: true, columns: 10_000 };
const NARROW = { ...WIDE, columns: 80 };
const NOW_MS = START_MS + 3_600_000;

function historyLines(records: readonly LedgerRecord[], style = WIDE): readonly string[] {
  return historyAnswer({ records, nowMs: NOW_MS }, style).text;
}

describe('the history', () => {
  test('is one line a deployment: when, outcome, revision, strategy, how long, exposure, who, why', () => {
    expect(historyLines([RESTORED, ROLLED_BACK])).toEqual([
      ' ✔ 2026-11-23 10:10  succeeded    aaaaaaaaaaaa  blue-green  1 m 40 s  0 of 900 failed  alice: undo of bbbbbbbbbbbb; too slow',
      ' ✖ 2026-11-23 10:00  rolled-back  bbbbbbbbbbbb  canary      2 m 5 s   4 of 50 failed   ci: friday; error_rate was 8 % over 30 s, above 5 %',
    ]);
  });

  test('names the environment where there are several', () => {
    const staging = { ...ROLLED_BACK, environment: 'staging' };
    expect(historyLines([ROLLED_BACK, staging])[1]).toContain('  staging     rolled-back');
  });

  test('says of an open record how long it has been so', () => {
    const [line] = historyLines([{ ...ROLLED_BACK, closing: null }]);
    expect(line).toBe(' ▶ 2026-11-23 10:00  open  -  -  1 h    ci: friday');
  });

  test('says what no user has seen', () => {
    const closing = {
      ...ROLLED_BACK.closing!,
      outcome: 'blocked' as const,
      firstTrafficAtMs: null,
    };
    expect(historyLines([{ ...ROLLED_BACK, closing }])[0]).toContain('not exposed');
  });

  test('fits 80 columns: what users saw, who and why then stand below', () => {
    expect(historyLines([RESTORED, ROLLED_BACK], NARROW)).toEqual([
      ' ✔ 2026-11-23 10:10  succeeded    aaaaaaaaaaaa  blue-green  1 m 40 s',
      '     0 of 900 failed  alice: undo of bbbbbbbbbbbb; too slow',
      ' ✖ 2026-11-23 10:00  rolled-back  bbbbbbbbbbbb  canary      2 m 5 s',
      '     4 of 50 failed   ci: friday; error_rate was 8 % over 30 s, above 5 %',
    ]);
  });

  test('lets no text move the cursor', () => {
    const reason = '\u001b[2Jgone\nforged line';
    const lines = historyLines([{ ...ROLLED_BACK, reason }]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\u001b');
  });

  test('as JSON has the same keys for an open and a closed record', () => {
    const { json } = historyAnswer(
      { records: [ROLLED_BACK, { ...ROLLED_BACK, closing: null }], nowMs: NOW_MS },
      WIDE,
    );
    const { deployments } = json as { deployments: readonly Record<string, unknown>[] };
    expect(deployments[0]).toMatchObject({
      outcome: 'rolled-back',
      revision: NEW,
      stable: OLD,
      openedAt: '2026-11-23T10:00:00.000Z',
      durationMs: 125_000,
      exposure: { requests: 50, errors: 4 },
      by: 'ci',
      reason: 'friday',
      hold: NEW,
    });
    expect(Object.keys(deployments[1]!)).toEqual(Object.keys(deployments[0]!));
    expect(deployments[1]).toMatchObject({ outcome: null, closedAt: null });
  });
});

describe('one deployment', () => {
  const show = (record: LedgerRecord, style = WIDE) => recordAnswer(record, style, NOW_MS).text;

  test('is shown with phases, decisions, verdicts, what was undone, and the analysis', () => {
    expect(show(ROLLED_BACK)).toEqual([
      'shop → production   ROLLED-BACK   2:05   aaaaaaaaaaaa → bbbbbbbbbbbb   canary',
      'shop-production-01KAR1X0000000000000000001 · by ci (identity not verified) · commit ffffffffffff · plan cccccccccccc',
      '',
      ' authorize        0 ms   and a person 30 s',
      ' rollout           1 m',
      ' rollback         32 s',
      '',
      ' opened    2026-11-23T10:00:00.000Z',
      ' reason    friday',
      ' why       error_rate was 8 % over 30 s, above 5 %',
      ' exposure  4 of 50 failed',
      ' times     first users after 40 s, the old revision serves everybody again after 1 m 35 s',
      ' verdict   04-bake-5 harm: error_rate was 8 %',
      ' decision  approve by alice (identity not verified), applied: 1 of 1 (“looks good”)',
      ' undone    all traffic back to aaaaaaaaaaaa',
      ' undone    the fleet of bbbbbbbbbbbb retired',
      ' rollback  a criterion was breached, severity critical',
      ' evidence  error_rate was 8 % over 30 s, above 5 %',
      ' back      traffic safe after 2 s, nothing of it left after 9 s',
      ' changed   2 files changed, 1 added; env LOG_LEVEL',
      ' files     server.js, lib/a.js, lib/b.js',
      ' hold      bbbbbbbbbbbb; lift it with: belay hold lift shop/production bbbbbbbbbbbb',
      ' stable    well: it answers as before: 0 % errors of 120 requests',
    ]);
  });

  test('says what it undid', () => {
    expect(show(RESTORED)).toContain(
      ' undoes    shop-production-01KAR1X0000000000000000001, which brought bbbbbbbbbbbb',
    );
  });

  test('says what to do about a record that was never closed', () => {
    const text = show({ ...ROLLED_BACK, closing: null }).join('\n');
    expect(text).toContain('belay history shop/production --reconcile');
  });

  test('says what is not safe and what is left', () => {
    const rollback = { ...ROLLED_BACK.closing!.rollback!, toSafeMs: null, toCleanMs: null };
    const closing = {
      ...ROLLED_BACK.closing!,
      rollback,
      leftBehind: ['the fleet of bbbbbbbbbbbb'],
    };
    const text = show({ ...ROLLED_BACK, closing }).join('\n');
    expect(text).toContain(' left      the fleet of bbbbbbbbbbbb');
    expect(text).toContain('never seen safe again, something of it is left');
  });

  test('fits 80 columns', () => {
    for (const line of show(ROLLED_BACK, NARROW)) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  test('as JSON holds the whole record, with ISO times and machine time apart from human time', () => {
    expect(recordAnswer(ROLLED_BACK, WIDE, NOW_MS).json).toMatchObject({
      schemaVersion: 1,
      deployment: ROLLED_BACK.deploymentId,
      openedAt: '2026-11-23T10:00:00.000Z',
      closing: {
        outcome: 'rolled-back',
        safeAt: '2026-11-23T10:01:35.000Z',
        phases: [
          { phase: 'authorize', machineMs: 0, humanMs: 30_000 },
          { phase: 'rollout', machineMs: 60_000, humanMs: 0 },
          { phase: 'rollback', from: '2026-11-23T10:01:33.000Z', machineMs: 32_000 },
        ],
        undone: ['all traffic back to aaaaaaaaaaaa', 'the fleet of bbbbbbbbbbbb retired'],
        rollback: { trigger: 'criterion', hold: NEW },
      },
    });
  });
});
