import fc from 'fast-check';
import {
  belongsTo,
  deploymentId,
  nameProblem,
  parseDeploymentId,
} from '../../../src/domain/deployment-id';
import { anyText } from './support/any-text';

const ULID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const nameArb = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('-'));

describe('a deployment id', () => {
  test('tells when it was minted and whose it is', () => {
    expect(parseDeploymentId(`shop-production-${ULID}`)).toEqual({
      scope: 'shop-production',
      ulid: ULID,
      mintedAtMs: 1_469_922_850_259,
      refs: [{ service: 'shop', environment: 'production' }],
    });
  });

  test('with hyphens in its names has several readings, the right one among them', () => {
    fc.assert(
      fc.property(nameArb, nameArb, (service, environment) => {
        const id = deploymentId({ service, environment }, ULID);
        expect(parseDeploymentId(id)?.refs).toContainEqual({ service, environment });
        expect(belongsTo(id, { service, environment })).toBe(true);
        expect(belongsTo(id, { service: 'x'.repeat(30), environment })).toBe(false);
      }),
    );
  });

  test.each([
    '',
    ULID,
    `shop-${ULID}`,
    'shop-production-1',
    `Shop-production-${ULID}`,
    `-a-${ULID}`,
  ])('is not %j', (text) => {
    expect(parseDeploymentId(text)).toBeNull();
  });

  test('is read or refused, whatever the text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const parsed = parseDeploymentId(text);
        if (parsed !== null) expect(`${parsed.scope}-${parsed.ulid}`).toBe(text);
      }),
    );
  });
});

describe('a name', () => {
  test.each(['a', 'shop', 'web-shop2', '0', 'x'.repeat(40)])('may be %s', (name) => {
    expect(nameProblem('service', name)).toBeNull();
  });

  test.each(['', '-a', 'a-', 'A', 'a b', 'a/b', '../a', 'a.b', 'x'.repeat(41), 'ä'])(
    'may not be %j',
    (name) => {
      expect(nameProblem('environment', name)).toContain('environment');
    },
  );
});
