import { requestFor } from '../../../src/config/assemble-request';
import { readRecreate, readRolling } from '../../../src/config/rolling';
import { MINIMAL, parse } from './support';

const quarter = { unit: 'percent', percent: 25 };
const strategyOf = (more: string, environment?: string) =>
  requestFor(parse(MINIMAL + more), environment === undefined ? {} : { environment }).strategy;

describe('the rolling block', () => {
  test("is the specification's quarter and 30 seconds where nothing is said", () => {
    expect(readRolling()).toEqual({
      kind: 'rolling',
      maxSurge: quarter,
      maxUnavailable: quarter,
      bake: { leastMs: 30_000, longestMs: 90_000, minimumRequests: 0 },
    });
  });

  test('tells counts and shares apart', () => {
    expect(readRolling({ maxSurge: 1, maxUnavailable: '0%' })).toMatchObject({
      maxSurge: { unit: 'count', count: 1 },
      maxUnavailable: { unit: 'percent', percent: 0 },
    });
    expect(strategyOf('rolling: { maxSurge: 100 %, maxUnavailable: 0 }\n')).toMatchObject({
      maxSurge: { unit: 'percent', percent: 100 },
      maxUnavailable: { unit: 'count', count: 0 },
    });
  });

  test.each([
    [20, { leastMs: 20_000, longestMs: 60_000, minimumRequests: 0 }],
    [{ least: 20 }, { leastMs: 20_000, longestMs: 60_000, minimumRequests: 0 }],
    [
      { least: 20, longest: 25, requests: 7 },
      { leastMs: 20_000, longestMs: 25_000, minimumRequests: 7 },
    ],
  ])('reads the pause %j', (pause, bake) => {
    expect(readRolling({ pause }).bake).toEqual(bake);
  });

  test('does not change the verification after it', () => {
    expect(requestFor(parse(`${MINIMAL}rolling: { pause: 5 }\n`), {}).verify.leastMs).toBe(60_000);
  });
});

describe('the recreate block', () => {
  test('lets requests wait half a minute and revisions never overlap where nothing is said', () => {
    expect(readRecreate()).toEqual({ kind: 'recreate', mostWaitMs: 30_000, overlap: 'none' });
  });

  test('is read as it is written', () => {
    expect(readRecreate({ queue: 12.5, overlap: 'answers' })).toEqual({
      kind: 'recreate',
      mostWaitMs: 12_500,
      overlap: 'answers',
    });
  });
});

describe('the strategy of a file', () => {
  test.each(['rolling', 'recreate'])('is %s where its block stands and nothing is said', (word) => {
    expect(strategyOf(`${word}: {}\n`).kind).toBe(word);
  });

  test.each(['rolling', 'recreate', 'canary', 'blue-green'])(
    'is %s where the pipeline, or the command line, says so',
    (word) => {
      const said = `deploymentPipeline: { deployment: { strategy: ${word} } }\n`;
      expect(strategyOf(said).kind).toBe(word);
      const config = parse(`${MINIMAL}canary: {}\n`);
      expect(requestFor(config, { strategy: word }).strategy.kind).toBe(word);
    },
  );

  test("is that of the environment's own block before the top's", () => {
    const text = `rolling: { maxSurge: 1 }
deploymentPipeline:
  deployment:
    environments:
      - { name: staging, listen: 8081, recreate: { queue: 5 } }
      - { name: production, rolling: { maxSurge: 2 } }
      - { name: demo, listen: 8082 }
`;
    expect(strategyOf(text, 'staging')).toMatchObject({ kind: 'recreate', mostWaitMs: 5_000 });
    expect(strategyOf(text, 'production')).toMatchObject({ maxSurge: { count: 2 } });
    expect(strategyOf(text, 'demo')).toMatchObject({ maxSurge: { count: 1 } });
  });
});

describe('the conflict policy', () => {
  const policyOf = (more: string): readonly string[] =>
    parse(MINIMAL + more).environments.map(({ conflict }) => conflict);

  test('is reject where nothing is said', () => {
    expect(policyOf('')).toEqual(['reject']);
  });

  test("is the top's, and an environment's own before it", () => {
    const text = `conflict: queue
deploymentPipeline:
  deployment:
    environments:
      - { name: staging, listen: 8081, conflict: supersede }
      - { name: production }
`;
    expect(policyOf(text)).toEqual(['supersede', 'queue']);
  });
});
