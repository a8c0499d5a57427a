import { EMPTY_HISTOGRAM } from '../../src/domain/analysis/histogram';
import type { ArmWindow, Window } from '../../src/domain/analysis/window';
import type { EvidenceRecord } from '../../src/ports/evidence-record';

/** `reopen` answers a second instance over the same evidence, as another process would have it. */
export interface EvidenceRecordUnderTest {
  readonly record: EvidenceRecord;
  readonly reopen: () => EvidenceRecord;
}

export function describeEvidenceRecord(name: string, make: () => Promise<EvidenceRecordUnderTest>) {
  describe(`the evidence record ${name}`, () => {
    it('has nothing for a deployment that nobody watched', async () => {
      const { record } = await make();
      expect(await record.read('shop-production-1', 0)).toEqual([]);
    });

    it('answers what was appended, oldest window first', async () => {
      const { record } = await make();
      await append(record, '05-bake-20', [windowAt(12), windowAt(11)]);
      await append(record, '04-bake-5', [windowAt(10)]);
      const found = await record.read('shop-production-1', 0);
      expect(found.map(({ stepId, window }) => [stepId, window.number])).toEqual([
        ['04-bake-5', 10],
        ['05-bake-20', 11],
        ['05-bake-20', 12],
      ]);
      expect(found[1]?.window).toEqual(windowAt(11));
    });

    it('leaves out windows before the asked-for number', async () => {
      const { record } = await make();
      await append(record, '04-bake-5', [windowAt(10), windowAt(11), windowAt(12)]);
      const found = await record.read('shop-production-1', 11);
      expect(found.map(({ window }) => window.number)).toEqual([11, 12]);
    });

    it('keeps the first of two windows with the same step and number', async () => {
      const { record } = await make();
      await append(record, '04-bake-5', [windowAt(10, 7)]);
      await append(record, '04-bake-5', [windowAt(10, 9), windowAt(11, 9)]);
      const found = await record.read('shop-production-1', 0);
      expect(found.map(({ window }) => [window.number, window.arms.candidate?.requests])).toEqual([
        [10, 7],
        [11, 9],
      ]);
    });

    it('keeps deployments apart', async () => {
      const { record } = await make();
      await append(record, '04-bake-5', [windowAt(10)]);
      expect(await record.read('shop-production-2', 0)).toEqual([]);
    });

    it('keeps an arm without an observer apart from an arm without requests', async () => {
      const { record } = await make();
      const window = { ...windowAt(10, 0), arms: { stable: null, candidate: arm(0) } };
      await append(record, '04-bake-5', [window]);
      const [found] = await record.read('shop-production-1', 0);
      expect(found?.window.arms).toEqual({ stable: null, candidate: arm(0) });
    });

    it('shows each of two watchers what the other appended, once', async () => {
      const { record, reopen } = await make();
      const other = reopen();
      await append(record, '04-bake-5', [windowAt(10)]);
      await append(other, '04-bake-5', [windowAt(10), windowAt(11)]);
      await append(record, '04-bake-5', [windowAt(11), windowAt(12)]);
      for (const watcher of [record, other, reopen()]) {
        const found = await watcher.read('shop-production-1', 0);
        expect(found.map(({ window }) => window.number)).toEqual([10, 11, 12]);
      }
    });
  });
}

export function append(
  record: EvidenceRecord,
  stepId: string,
  windows: readonly Window[],
): Promise<void> {
  return record.append({ deploymentId: 'shop-production-1', stepId, windows });
}

export function windowAt(number: number, requests = 100): Window {
  return {
    number,
    fromMs: number * 1000,
    intervalMs: 1000,
    arms: { stable: arm(900), candidate: arm(requests) },
    candidateWeight: 10,
  };
}

function arm(requests: number): ArmWindow {
  return {
    requests,
    errors: 0,
    latency: EMPTY_HISTOGRAM,
    healthChecksPassed: 2,
    healthChecksFailed: 0,
  };
}
