import { DEMO, FIRST, SPECIFICATION } from '../../../bench/detect/criteria.mjs';
import { exposureOf, isFaulty, lateMs, longestOfHost } from '../../../bench/detect/exposure.mjs';
import { KINDS } from '../../../bench/detect/kinds.mjs';
import { openSight } from '../../../bench/detect/observed-weight.mjs';
import { scheduleOf } from '../../../bench/detect/schedule.mjs';
import { serviceFile } from '../../../bench/detect/service-file.mjs';
import { longestInside } from '../../../bench/detect/stalls.mjs';
import { requestFor } from '../../../src/config/assemble-request';
import { parseConfig } from '../../../src/config/parse-config';
import { aRecord, REVISION } from './zero-loss-samples';

const OTHER = `sha256:${'b'.repeat(64)}`;

describe('off, as the router was seen', () => {
  it('is the first look that saw nothing any more', () => {
    const sight = openSight();
    sight.look(1_000, { [OTHER]: 100 });
    sight.look(1_100, { [OTHER]: 95, [REVISION]: 5 });
    sight.look(1_200, { [OTHER]: 95, [REVISION]: 5 });
    sight.look(1_300, { [OTHER]: 100 });
    sight.look(1_400, { [OTHER]: 100 });
    expect([sight.onAtMs(REVISION), sight.offAtMs(REVISION)]).toEqual([1_100, 1_300]);
  });

  it('is not what a crash does to the weight before the next start', () => {
    const sight = openSight();
    sight.look(1_000, { [REVISION]: 5 });
    sight.look(1_100, {});
    sight.look(1_200, { [REVISION]: 5 });
    sight.look(1_300, {});
    expect(sight.offAtMs(REVISION)).toBe(1_300);
  });

  it('is null while it still has weight, and where it never had any', () => {
    const sight = openSight();
    sight.look(1_000, { [REVISION]: 5 });
    expect([sight.offAtMs(REVISION), sight.offAtMs(OTHER), sight.onAtMs(OTHER)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('says for how long nobody looked', () => {
    const sight = openSight();
    for (const atMs of [1_000, 1_100, 2_400, 2_500]) sight.look(atMs, {});
    expect(sight.blindMs(1_000, 3_000)).toBe(1_300);
    expect(sight.blindMs(2_450, 3_000)).toBe(100);
  });
});

describe('what clients had of a candidate', () => {
  const run = {
    revision: REVISION,
    onAtMs: 10_000,
    offAtMs: 20_000,
    endedAtMs: 25_000,
    exitAtMs: null,
  };
  const failed = aRecord({ status: 500, startedAtMs: 11_000, endedAtMs: 11_010 });

  it('is a wrong answer, none, or a slow one', () => {
    expect(isFaulty(failed)).toBe(true);
    expect(isFaulty(aRecord({ outcome: 'ECONNRESET', status: null }))).toBe(true);
    expect(isFaulty(aRecord({ startedAtMs: 0, endedAtMs: 2_000 }))).toBe(true);
    expect(isFaulty(aRecord({ startedAtMs: 0, endedAtMs: 1_999 }))).toBe(false);
  });

  it('counts from the first faulty answer, and until it was off', () => {
    const slow = aRecord({ startedAtMs: 19_900, endedAtMs: 22_900 });
    const late = aRecord({ status: 500, startedAtMs: 20_001, endedAtMs: 20_010 });
    expect(exposureOf([slow, late, failed], run)).toEqual({
      firstAtMs: 11_010,
      exposed: 2,
      afterOff: 1,
    });
  });

  it('has what the router answered for it, and nothing of another revision or another time', () => {
    const routers = { ...failed, revision: null, status: 502, router: 'upstream-reset' };
    const stables = { ...failed, revision: OTHER };
    const before = { ...routers, startedAtMs: 9_000, endedAtMs: 9_010 };
    const after = { ...routers, startedAtMs: 26_000, endedAtMs: 26_010 };
    expect(exposureOf([routers, stables, before, after], run).exposed).toBe(1);
  });

  it('begins with a process that ended, although nobody had a wrong answer yet', () => {
    expect(exposureOf([], { ...run, exitAtMs: 10_400 })).toEqual({
      firstAtMs: 10_400,
      exposed: 0,
      afterOff: 0,
    });
  });

  it('never begins where all was well', () => {
    expect(exposureOf([], run).firstAtMs).toBeNull();
  });
});

describe('what stood still', () => {
  const stalls = [
    { fromMs: 1_000, toMs: 1_200 },
    { fromMs: 5_000, toMs: 7_000 },
  ];

  it('is the longest that touches the run', () => {
    expect(longestInside(stalls, 0, 4_000)).toBe(200);
    expect(longestInside(stalls, 6_000, 9_000)).toBe(2_000);
    expect(longestInside(stalls, 2_000, 4_000)).toBe(0);
  });

  it('is seen by clients that wait for stable, or for anybody, and not by those of the candidate', () => {
    const during = { stable: OTHER, fromMs: 10_000, toMs: 20_000 };
    const slow = aRecord({ startedAtMs: 12_000, endedAtMs: 15_000 });
    const stables = { ...slow, revision: OTHER };
    const nobodys = aRecord({
      ...{ startedAtMs: 11_000, endedAtMs: 21_000 },
      ...{ outcome: 'TIMEOUT', status: null, revision: null },
    });
    const earlier = { ...stables, startedAtMs: 1_000, endedAtMs: 9_999 };
    expect(longestOfHost([slow, earlier], during)).toBe(0);
    expect(longestOfHost([slow, stables], during)).toBe(3_000);
    expect(longestOfHost([slow, stables, nobodys], during)).toBe(10_000);
  });

  it('is known of the load by when it should have sent', () => {
    expect(lateMs({ dueAtMs: 1_000, startedAtMs: 1_750 })).toBe(750);
  });
});

describe('the schedule of detection', () => {
  it('has every kind as often as asked for, by both criteria, each under its own label', () => {
    const all = scheduleOf({ runs: 20, specRuns: 2 });
    expect(all).toHaveLength(20 * 5 + 2 * 5);
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
    for (const { key } of KINDS) {
      const mine = all.filter(({ kind }) => kind.key === key);
      expect(mine.filter(({ criteria }) => criteria === DEMO)).toHaveLength(20);
      expect(mine.filter(({ criteria }) => criteria === SPECIFICATION)).toHaveLength(2);
    }
  });

  it('begins with what lasts longest, so that no lane waits for another at the end', () => {
    const first = scheduleOf({ runs: 1, specRuns: 2 }).slice(0, 4);
    expect(first.map(({ kind }) => kind.fault).sort()).toEqual(['none', 'none', 'slow', 'slow']);
  });
});

describe('the configuration of detection', () => {
  const where = { service: 'shop-1', environment: 'bench', artifact: '/tmp/1', port: 8_123 };

  it.each([DEMO, SPECIFICATION, FIRST])('is read as any other ($name)', (criteria) => {
    const choice = { label: 'run-1', fault: 'slow', seed: 7, strategy: 'canary' as const };
    const text = serviceFile({ ...where, ...choice, criteria });
    const request = requestFor(parseConfig(text, { file: 'belay.yaml' }), {});
    const expected = (criteria.block.match(/metric:/g) ?? []).length;
    expect(request.criteria).toHaveLength(expected);
    expect(request.run.env).toMatchObject({ DETECT_FAULT: 'slow', DETECT_SEED: '7' });
  });

  it('watches 5 % for longer than every duration, so that each is seen whole', () => {
    for (const criteria of [DEMO, SPECIFICATION]) {
      const durations = [...criteria.block.matchAll(/duration: (\d+)/g)].map(([, text]) =>
        Number(text),
      );
      expect(Math.max(...durations)).toBeLessThan(criteria.leastSeconds);
    }
  });
});
