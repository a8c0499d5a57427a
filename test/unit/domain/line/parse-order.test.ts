import fc from 'fast-check';
import { parseEntry, parseLeave } from '../../../../src/domain/line/parse-order';
import { anEntry } from './entries';
import { REF } from '../../client/samples';

describe('the signals of the line, whoever sent them', () => {
  test('an entry is read as it was sent', () => {
    const entry = anEntry('a', 'queue');
    expect(parseEntry(JSON.parse(JSON.stringify(entry)), REF)).toEqual(entry);
  });

  test.each([
    ['another service', { ...anEntry('a', 'queue').request, service: 'other' }],
    ['no id', { ...anEntry('a', 'queue').request, deploymentId: '' }],
    ['an id without end', { ...anEntry('a', 'queue').request, deploymentId: 'x'.repeat(201) }],
    ['no artifact', { ...anEntry('a', 'queue').request, artifact: null }],
    ['a key that is a number', { ...anEntry('a', 'queue').request, requestKey: 7 }],
  ])('a request with %s is not taken in', (_what, request) => {
    expect(parseEntry({ ...anEntry('a', 'queue'), request }, REF)).toBeNull();
  });

  test.each([
    ['a kind that does not exist', { kind: 'jump' }],
    ['a deadline that no date can name', { deadlineMs: 9e15 }],
    ['a deadline that is no number', { deadlineMs: 'soon' }],
    ['no time of joining', { joinedAtMs: null }],
  ])('an entry with %s is not taken in', (_what, change) => {
    expect(parseEntry({ ...anEntry('a', 'queue'), ...change }, REF)).toBeNull();
  });

  test('whoever leaves has a name; the reason may be left out', () => {
    expect(parseLeave({ deploymentId: 'a', actor: 'bob' })).toEqual({
      deploymentId: 'a',
      actor: 'bob',
      reason: null,
    });
    expect(parseLeave({ deploymentId: 'a', actor: '' })).toBeNull();
    expect(parseLeave('leave')).toBeNull();
  });

  test('no payload whatsoever throws', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        parseEntry(payload, REF);
        parseEntry({ request: payload, kind: 'queue', joinedAtMs: 0, deadlineMs: 1 }, REF);
        parseLeave(payload);
      }),
    );
  });
});
