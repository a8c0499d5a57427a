import { figuresOf, GOALS, lagsOf, type Poll } from '../../../bench/watch/figures.mjs';
import { ticksOf } from '../../../bench/watch/processor-time.mjs';
import { serviceFile } from '../../../bench/watch/service-file.mjs';
import { requestFor } from '../../../src/config/assemble-request';
import { parseConfig } from '../../../src/config/parse-config';

const stretch = { pollMs: 2_000, fromMs: 10_000, toMs: 20_000 };

/** Polls of 10 ms each. */
function pollsOf(bake: string, ...startedAtMs: readonly number[]): readonly Poll[] {
  return startedAtMs.map((atMs) => ({ bake, startedAtMs: atMs, endedAtMs: atMs + 10 }));
}

describe('the lag of a poll', () => {
  it('counts from its interval after the end of the one before, of the same bake', () => {
    const polls = [...pollsOf('a', 9_990, 12_050, 14_060), ...pollsOf('b', 13_000, 15_410)];
    const lags = lagsOf(polls, { ...stretch, toMs: 16_000 });
    expect(lags.toSorted((x, y) => x - y)).toEqual([0, 50, 400]);
  });

  it('is none of a poll before the measuring', () => {
    expect(lagsOf(pollsOf('a', 4_000, 9_000, 11_010), { ...stretch, toMs: 13_000 })).toEqual([0]);
  });

  it('goes on to the end where a bake is not polled any more', () => {
    expect(lagsOf(pollsOf('a', 10_990), stretch)).toEqual([7_000]);
  });

  it('is not later than the end of the measuring', () => {
    expect(lagsOf(pollsOf('a', 17_990, 25_000), stretch)).toEqual([]);
  });
});

describe('the figures of watching', () => {
  const polls = [...pollsOf('a', 9_990, 12_000, 14_010, 16_020, 18_030), ...pollsOf('b', 18_500)];
  const cpu = { workerUs: 50_000, platformUs: 10_000, temporalUs: null };

  it('are for each poll, and a minute', () => {
    const measured = { ...stretch, bakes: 2, polls, cpu, evidenceBytes: 10_000 };
    expect(figuresOf(measured)).toEqual({
      bakes: 2,
      bakesSeen: 2,
      pollMs: 2_000,
      polls: 5,
      seconds: 10,
      pollLagP50Ms: 0,
      pollLagP99Ms: 0,
      pollLagMaxMs: 0,
      pollP50Ms: 10,
      pollP99Ms: 10,
      cpuPollUs: 10_000,
      platformCpuPollUs: 2_000,
      temporalCpuPollUs: null,
      evidenceBytesMinute: 60_000,
      evidenceBytesMinuteBake: 30_000,
    });
  });

  it('are null where nothing was polled', () => {
    const measured = { ...stretch, bakes: 2, polls: [], cpu, evidenceBytes: 0 };
    expect(figuresOf(measured)).toMatchObject({ pollLagP99Ms: null, cpuPollUs: null });
  });

  it('are held to a lag of less than one poll', () => {
    expect(GOALS['pollLagP99Ms']?.max).toBeLessThan(stretch.pollMs);
  });
});

test('processor time is read behind a name that holds brackets and blanks', () => {
  const stat = '77 (a) b (c) S 1 77 77 0 -1 4194560 900 0 0 0 150 50 0 0 20 0 11 0 99 1 2';
  expect(ticksOf(stat)).toBe(200);
});

test.each(['canary', 'blue-green'] as const)(
  'the configuration of watching is read as any other (%s)',
  (strategy) => {
    const where = { service: 'tiny-1', environment: 'bench', artifact: '/tmp/1', port: 8_123 };
    const text = serviceFile({ ...where, label: 'first', strategy });
    const request = requestFor(parseConfig(text, { file: 'belay.yaml' }), {});
    expect(request.strategy.kind).toBe(strategy);
  },
);
