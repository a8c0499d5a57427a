import type { StatusView } from '../../../src/client/index';
import type { DeploymentStatus } from '../../../src/domain/status';
import { progressLines } from '../../../src/cli/output/progress-lines';
import { statusFrame } from '../../../src/cli/output/status-frame';
import { statusJson } from '../../../src/cli/output/status-json';
import { widthOf, wrap, type Style } from '../../../src/cli/output/style';
import { steadyView } from '../../../src/cli/steady-view';
import { aRecord, aStatus, NEW, OLD, PLAN } from '../client/samples';
import { awaitingApproval, inMidBake, NOW_MS, rolledBack } from './rollout-samples';

const plainStyle: Style = { color: false, unicode: true, columns: 100 };

function view(status: DeploymentStatus, source: StatusView['source'] = 'workflow'): StatusView {
  const because = source === 'workflow' ? null : 'no worker answered within 2 s';
  return { source, status, workflowId: 'deploy/shop/production', runId: 'run-1', because };
}

describe('the status frame', () => {
  test('at its very beginning, when nothing is known yet', () => {
    const status = aStatus({ revision: null, stable: null, strategy: null, phase: 'store' });
    expect(statusFrame(view(status), plainStyle, NOW_MS).join('\n')).toContain('untouched');
  });

  test('without unicode it is plain ASCII', () => {
    const lines = statusFrame(view(rolledBack()), { ...plainStyle, unicode: false }, NOW_MS);
    const marks = lines.join('\n').replace(/·/g, '');
    expect(marks).not.toMatch(/[✔✖▶○█░→]/);
  });

  test('without colour there is no escape code', () => {
    const text = statusFrame(view(inMidBake()), plainStyle, NOW_MS).join('\n');
    expect(text).not.toContain('\u001b');
  });

  test('with colour every width stays the same', () => {
    const coloured = statusFrame(view(inMidBake()), { ...plainStyle, color: true }, NOW_MS);
    const plain = statusFrame(view(inMidBake()), plainStyle, NOW_MS);
    expect(coloured.map(widthOf)).toEqual(plain.map(widthOf));
    expect(coloured.join('')).toContain('\u001b[');
  });

  test('a reason from outside can move no cursor and forge no line', () => {
    const sentence = 'fine\u001b[2J\n ✔ approved by everybody';
    const status = inMidBake({ decisions: [aRecord({ actor: 'eve\u202e', sentence })] });
    const lines = statusFrame(view(status), plainStyle, NOW_MS);
    expect(lines.join('\n')).not.toMatch(/\u001b|\u202e/);
    expect(lines.filter((line) => line.includes('approved by everybody'))).toHaveLength(1);
    expect(lines.some((line) => line.startsWith(' ✔ approved'))).toBe(false);
  });

  test('an identity without a proof is called not verified', () => {
    const text = statusFrame(view(inMidBake()), plainStyle, NOW_MS).join('\n');
    expect(text).toContain('approve by alice (identity not verified)');
  });
});

describe('the status as JSON', () => {
  test('has every field of the contract', () => {
    expect(statusJson(view(awaitingApproval()))).toMatchObject({
      schemaVersion: 1,
      deployment: 'shop-production-01KAR1X0000000000000000001',
      service: 'shop',
      environment: 'production',
      revision: NEW,
      stable: OLD,
      strategy: 'canary',
      phase: 'authorize',
      step: null,
      weights: { stable: 100, candidate: 0 },
      observed: null,
      waitingFor: 'approval',
      until: '2026-11-23T11:00:00.000Z',
      planDigest: PLAN,
      outcome: null,
    });
  });

  test.each([
    [99.6, 0.4, { stable: 99, candidate: 1 }],
    [0.3, 99.7, { stable: 1, candidate: 99 }],
    [66.67, 33.33, { stable: 67, candidate: 33 }],
    [100, 0, { stable: 100, candidate: 0 }],
    [0, 100, { stable: 0, candidate: 100 }],
    [0, 0, { stable: 0, candidate: 0 }],
  ])(
    'percent is whole, sums to 100 and hides no side: %p and %p',
    (stable, candidate, expected) => {
      expect(statusJson(view(inMidBake({ observed: { stable, candidate } }))).observed).toEqual(
        expected,
      );
    },
  );

  test('where it comes from is said', () => {
    expect(statusJson(view(inMidBake(), 'temporal'))).toMatchObject({
      source: 'temporal',
      sourceReason: 'no worker answered within 2 s',
    });
  });
});

describe('the progress lines of a log', () => {
  test('the first look tells everything so far, in the order of time', () => {
    expect(progressLines(null, view(inMidBake()), { nowMs: NOW_MS }).join('\n')).toMatchSnapshot();
  });

  test('what is older than asked for is not told', () => {
    const since = { nowMs: NOW_MS, sinceMs: NOW_MS - 60_000 };
    const lines = progressLines(null, view(rolledBack()), since);
    expect(lines.join('\n')).toContain('outcome=rolled-back');
    expect(lines.join('\n')).not.toContain('phase=scan');
  });

  test('later looks tell only what is new', () => {
    const before = view(inMidBake());
    expect(progressLines(before, view(inMidBake()), { nowMs: NOW_MS })).toEqual([]);
    expect(
      progressLines(before, view(rolledBack()), { nowMs: NOW_MS }).join('\n'),
    ).toMatchSnapshot();
  });

  test('one line an event, whatever the texts hold', () => {
    const status = inMidBake({ alerts: ['first\nsecond'], cause: 'a\u001b[31mb' });
    const lines = progressLines(view(inMidBake()), view(status), { nowMs: NOW_MS });
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/[\n\u001b]/);
  });

  test('the wait for a person says until when and what else', () => {
    const lines = progressLines(null, view(awaitingApproval()), { nowMs: NOW_MS }).join('\n');
    expect(lines).toContain(
      'waiting for=approval until=2026-11-23T11:00:00.000Z else="it is rejected"',
    );
  });

  test('a change of the source is told', () => {
    const lines = progressLines(view(inMidBake()), view(inMidBake(), 'temporal'), {
      nowMs: NOW_MS,
    });
    expect(lines).toEqual([
      '2026-11-23T10:01:30Z source=temporal because="no worker answered within 2 s"',
    ]);
  });
});

describe('wrapping', () => {
  test('breaks between words and loses none', () => {
    const lines = wrap('one two three four five six seven', 20);
    expect(lines.every((line) => widthOf(line) <= 20)).toBe(true);
    expect(lines.map((line) => line.trim()).join(' ')).toBe('one two three four five six seven');
  });

  test('what goes on stands below the text that it goes on with', () => {
    expect(wrap('     ok  one two three', 16, 9)).toEqual(['     ok  one two', '         three']);
  });

  test('a word that is too long is cut, not lost', () => {
    expect(wrap('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
  });

  test('what is wide on a terminal counts twice, what joins the letter before it not at all', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('🚀')).toBe(2);
    expect(widthOf('e\u0301')).toBe(1);
    expect(widthOf('→ ✔ ▁█░')).toBe(7);
    expect(wrap('日'.repeat(9), 10).map(widthOf)).toEqual([10, 8]);
  });

  test('paint does not run out of its line', () => {
    const [first, second] = wrap('\u001b[2mone two three four\u001b[22m', 12);
    expect(first?.endsWith('\u001b[0m')).toBe(true);
    expect(second).toContain('\u001b[2m');
  });
});

describe('a worker that is away for a while', () => {
  const sparse = view(aStatus({ steps: [], phases: [], planDigest: null }), 'temporal');

  test('what the workflow said last stays in sight', () => {
    const before = view(inMidBake());
    const now = steadyView(before, sparse);
    expect(now.source).toBe('temporal');
    expect(now.status).toEqual(before.status);
  });

  test('nothing is told twice when it is back', () => {
    const before = view(inMidBake());
    const away = steadyView(before, sparse);
    const back = progressLines(away, view(inMidBake()), { nowMs: NOW_MS });
    expect(back).toEqual(['2026-11-23T10:01:30Z source=workflow']);
  });

  test('an end that Temporal knows is told all the same', () => {
    const ended = view(
      aStatus({ phase: 'ended', outcome: 'cancelled', cause: 'asked for' }),
      'temporal',
    );
    const lines = progressLines(view(inMidBake()), steadyView(view(inMidBake()), ended), {
      nowMs: NOW_MS,
    });
    expect(lines.join('\n')).toContain('outcome=cancelled cause="asked for"');
  });
});
