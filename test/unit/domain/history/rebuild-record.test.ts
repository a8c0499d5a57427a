import { rollbackCandidates } from '../../../../src/domain/history/rollback-candidates';
import {
  rebuildRecord,
  type RunEnd,
  type RunFacts,
} from '../../../../src/domain/history/rebuild-record';
import { aRequest } from '../../../support/requests';
import { digestOf, revision, served, SHOP } from './samples';

const REQUEST = aRequest({
  initiator: 'ada',
  reason: 'friday',
  requestedAtMs: 5,
  artifact: { kind: 'files', path: '/', commit: 'c0ffee' },
});

function facts(end: RunEnd, change: Partial<RunFacts> = {}): RunFacts {
  return {
    ref: SHOP,
    deploymentId: 'shop-production-1',
    workflowId: 'deploy/shop/production',
    runId: 'run-1',
    startedAtMs: 10,
    closedAtMs: 20,
    end,
    initiator: 'somebody',
    request: REQUEST,
    opening: null,
    closing: null,
    candidate: revision('b'),
    ...change,
  };
}

const STOPPED: RunEnd = { kind: 'stopped' };

describe('a record that is rebuilt', () => {
  it('is the one that was written, where the history has it', () => {
    const { closing, ...opening } = served('a', 1);
    const rebuilt = rebuildRecord(facts(STOPPED, { opening, closing }));
    expect(rebuilt).toEqual({ record: { ...opening, closing }, from: 'history' });
  });

  it('has what an earlier version did not write yet', () => {
    const { closing, ...opening } = served('a', 1);
    const { restores: _restores, ...oldOpening } = opening;
    const { decisions: _decisions, undone: _undone, rollback: _rollback, ...oldClosing } = closing!;
    const old = { opening: oldOpening as never, closing: oldClosing as never };
    expect(rebuildRecord(facts(STOPPED, old)).record).toEqual({ ...opening, closing });
  });

  it('stays open while the run does, whatever it has asked for', () => {
    const { closing } = served('a', 1);
    const rebuilt = rebuildRecord(facts({ kind: 'running' }, { closing }));
    expect(rebuilt).toMatchObject({ record: { closing: null }, from: 'open' });
  });

  it('is opened from the request where nothing was written', () => {
    expect(rebuildRecord(facts(STOPPED)).record).toMatchObject({
      deploymentId: 'shop-production-1',
      ...SHOP,
      initiator: 'ada',
      reason: 'friday',
      commit: 'c0ffee',
      openedAtMs: 5,
    });
  });

  it('is opened from the run itself where its history was deleted', () => {
    const { record } = rebuildRecord(facts(STOPPED, { request: null, candidate: null }));
    expect(record).toMatchObject({ initiator: 'somebody', reason: null, openedAtMs: 10 });
  });

  it('counts as having served from its end on where only its success is known', () => {
    const ref = { service: 'shop', environment: 'production' };
    const nothing = { holds: [], stable: null, warm: null };
    const outcome = {
      outcome: 'succeeded' as const,
      cause: 'all steps done',
      revision: digestOf('b'),
      serving: digestOf('b'),
      leftBehind: [],
    };
    const { record } = rebuildRecord(facts({ kind: 'outcome', outcome }));
    expect(record).toMatchObject({ ...ref, closing: { liveAtMs: 20, closedAtMs: 20 } });
    const sources = { records: [record], service: nothing, routedTo: null, stored: new Map() };
    expect(rollbackCandidates(sources)).toMatchObject([{ revision: digestOf('b') }]);
  });

  it('is closed with the result where the closing was never asked for', () => {
    const outcome = {
      outcome: 'rolled-back' as const,
      cause: 'error rate',
      revision: digestOf('b'),
      serving: digestOf('a'),
      leftBehind: ['a fleet'],
    };
    expect(rebuildRecord(facts({ kind: 'outcome', outcome }))).toMatchObject({
      record: {
        closing: {
          outcome: 'rolled-back',
          cause: 'error rate',
          candidate: digestOf('b'),
          stable: digestOf('a'),
          leftBehind: ['a fleet'],
          closedAtMs: 20,
        },
      },
      from: 'result',
    });
  });

  it.each<[RunEnd, string, string]>([
    [STOPPED, 'rollback-incomplete', 'nothing was undone'],
    [{ kind: 'failed', message: 'a bug' }, 'rollback-incomplete', 'a bug'],
    [{ kind: 'cancelled' }, 'cancelled', 'Cancelled through Temporal'],
  ])('of a run that was %j is %s', (end, outcome, cause) => {
    const { record, from } = rebuildRecord(facts(end));
    expect(from).toBe('state');
    expect(record.closing).toMatchObject({
      outcome,
      cause: expect.stringContaining(cause) as string,
      candidate: digestOf('b'),
      strategy: 'blue-green',
    });
  });
});
