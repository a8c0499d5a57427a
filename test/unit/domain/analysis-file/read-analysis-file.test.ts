import fc from 'fast-check';
import { aConfig, aFile, aGuard, anArm, aWindow, problemsOf, windows } from './recordings';

const withGuard = (change: object) =>
  aFile(windows(3), aConfig({ guards: [aGuard({ ...change })] }));
const withArm = (change: object) =>
  aFile([aWindow(0), aWindow(1, { arms: { canary: anArm(1, 0, { ...change }), baseline: null } })]);
const without = (key: string, object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

describe('the structure of a recording', () => {
  test.each<[string, unknown, readonly [path: string, rule: RegExp]]>([
    ['no object', [], ['the file', /no object/]],
    ['another version', { ...aFile([]), schemaVersion: 2 }, ['schemaVersion', /not 1/]],
    ['no windows', without('windows', aFile([])), ['windows', /is missing/]],
    ['windows that are no list', aFile({} as never), ['windows', /no list/]],
    ['a window that is none', aFile([aWindow(0), 3]), ['windows[1]', /no object/]],
    [
      'a misspelt key of a window',
      aFile([{ ...aWindow(0), form: 1 }]),
      ['windows[0].form', /did you mean from/],
    ],
    [
      'a window without an end',
      aFile([without('to', aWindow(0))]),
      ['windows[0].to', /is missing/],
    ],
    [
      'a misspelt arm',
      aFile([aWindow(0, { arms: { cannary: null } })]),
      ['windows[0].arms.cannary', /canary/],
    ],
    ['arms that are a list', aFile([aWindow(0, { arms: [] })]), ['windows[0].arms', /no object/]],
    [
      'requests that are an object',
      withArm({ requests: {} }),
      ['windows[1].arms.canary.requests', /no number/],
    ],
    [
      'an arm without requests',
      aFile([aWindow(0, { arms: { canary: { errors: 0 } } })]),
      ['windows[0].arms.canary.requests', /is missing/],
    ],
    [
      'latencies that are a number',
      withArm({ latency: 5 }),
      ['windows[1].arms.canary.latency', /no object/],
    ],
    [
      'a bucket without a count',
      withArm({ latency: [[4]] }),
      ['windows[1].arms.canary.latency[0]', /no pair/],
    ],
    [
      'no least time',
      aFile([], without('minDwellMs', aConfig())),
      ['config.minDwellMs', /is missing/],
    ],
    ['a negative time', aFile([], aConfig({ minDwellMs: -1 })), ['config.minDwellMs', /below 0/]],
    [
      'a longest time below the least',
      aFile([], aConfig({ maxDwellMs: 1 })),
      ['config.maxDwellMs', /below minDwellMs/],
    ],
    ['guards that are no list', aFile([], aConfig({ guards: {} })), ['config.guards', /no list/]],
    [
      'another answer to no data',
      aFile([], aConfig({ onNoData: 'promote' })),
      ['config.onNoData', /hold, ask, rollback/],
    ],
    ['another mode', aFile([], aConfig({ mode: 'kayenta' })), ['config.mode', /threshold/]],
    [
      'an unknown metric',
      withGuard({ metric: 'error_rat' }),
      ['config.guards[0].metric', /did you mean error_rate/],
    ],
    [
      'no threshold',
      withGuard({ threshold: undefined }),
      ['config.guards[0].threshold', /is missing/],
    ],
    [
      'a threshold that is NaN',
      withGuard({ threshold: null }),
      ['config.guards[0].threshold', /no finite number/],
    ],
    ['a threshold above 100 %', withGuard({ threshold: 101 }), ['config.guards[0]', /above 100 %/]],
    ['the wrong direction', withGuard({ op: '<' }), ['config.guards[0].op', /above its threshold/]],
    ['another operator', withGuard({ op: '>=' }), ['config.guards[0].op', /one of >, </]],
    ['no action', withGuard({ action: undefined }), ['config.guards[0].action', /rollback, ask/]],
    [
      'no direction of a metric of the user',
      withGuard({ metric: 'custom_x', op: undefined }),
      ['config.guards[0].op', /is missing/],
    ],
    [
      'a misspelt key of a guard',
      withGuard({ durationSecs: 3 }),
      ['config.guards[0].durationSecs', /did you mean durationSec/],
    ],
  ])('%s: said with its place', (_, document, [path, rule]) => {
    expect(problemsOf(JSON.parse(JSON.stringify(document)))).toContainEqual({
      path,
      rule: expect.stringMatching(rule) as string,
    });
  });

  test('keys of the statistical judge are accepted', () => {
    const config = aConfig({
      alpha: 0.02,
      beta: 0.05,
      tests: [],
      warmupMs: 0,
      plannedSteps: 4,
      onInconclusive: 'hold',
    });
    expect(problemsOf(aFile(windows(2), config))).toEqual([]);
  });

  test('nothing but the mistakes is read from a document of any shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        expect(problemsOf(document).length).toBeGreaterThan(0);
        expect(problemsOf(aFile([document])).length).toBeLessThan(30);
      }),
      { numRuns: 300 },
    );
  });

  test('a name of somebody else’s cannot forge a message', () => {
    const key = `a\u001b[2J\n${'x'.repeat(500)}`;
    const [problem] = problemsOf(aFile([{ ...aWindow(0), [key]: 1 }]));
    expect(problem!.path).toMatch(/^windows\[0\]\.a[?]+2J[?]x+$/);
    expect(problem!.path.length).toBeLessThan(80);
  });
});
