import { describeRun, visibilityQuery } from '../../../src/client/run-description';
import { SEARCH_ATTRIBUTES } from '../../../src/domain/search-attributes';
import { attributesOf, memoOf, summaryOf } from '../../../src/client/start-details';
import { aRequest, DEPLOYMENT, NEW, OLD, PLAN } from './samples';

describe('what Temporal is told at the start', () => {
  const request = aRequest({ requestKey: 'github:7', reason: 'friday', notes: ['no effect yet'] });

  test('the attributes name deployment, service, environment, strategy, initiator and commit', () => {
    const pairs = attributesOf(request).getAll();
    const named = Object.fromEntries(pairs.map(({ key, value }) => [key.name, value]));
    expect(named).toEqual({
      BelayDeployment: DEPLOYMENT,
      BelayService: 'shop',
      BelayEnvironment: 'production',
      BelayStrategy: 'blue-green',
      BelayPhase: 'store',
      BelayInitiator: 'ci',
      BelayCommit: 'f'.repeat(40),
    });
  });

  test('no more Keyword attributes are used than SQLite has room for', () => {
    const keywords = Object.values(SEARCH_ATTRIBUTES).filter((type) => type === 'KEYWORD');
    expect(keywords.length).toBeLessThanOrEqual(10);
  });

  test('no value of the environment reaches memo, summary or attributes', () => {
    const said = JSON.stringify([
      memoOf(request),
      summaryOf(request),
      attributesOf(request)
        .getAll()
        .map(({ value }) => value),
    ]);
    expect(said).not.toContain('a-value-that-stays-here');
  });

  test('an undo after the end names what comes back and what it replaces', () => {
    const { staticDetails } = summaryOf(
      aRequest({
        artifact: { kind: 'revision', revision: OLD, artifact: PLAN, commit: null },
        restores: { replaces: NEW, undoes: DEPLOYMENT },
      }),
    );
    expect(staticDetails).toContain('revision `aaaaaaaaaaaa` from the store');
    expect(staticDetails).toContain('in place of `bbbbbbbbbbbb`, which came with `shop-production');
  });

  test('the summary fits one line of Temporal Web', () => {
    const { staticSummary } = summaryOf(request);
    expect(Buffer.byteLength(staticSummary)).toBeLessThanOrEqual(200);
    expect(staticSummary).not.toContain('\n');
  });

  test('the description of a run gives back what was told', () => {
    const described = describeRun({
      workflowId: 'deploy/shop/production',
      runId: 'run-1',
      status: { code: 1, name: 'RUNNING' } as never,
      startTime: new Date(0),
      memo: memoOf(request),
      typedSearchAttributes: attributesOf(request),
    });
    expect(described).toMatchObject({
      state: 'running',
      requestKey: 'github:7',
      attributes: { deployment: DEPLOYMENT, phase: 'store', outcome: null, trafficPercent: null },
    });
  });
});

describe('the visibility query', () => {
  test('a quote in a name cannot end the text', () => {
    const query = visibilityQuery({ deployment: `x' OR 'a' = 'a` });
    expect(query).toBe(`BelayDeployment = 'x\\' OR \\'a\\' = \\'a'`);
  });
});
