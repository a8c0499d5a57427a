import { userInfo } from 'node:os';
import { actorName } from '../../../src/cli/actor';

test('an empty name is no name: the next one counts', () => {
  expect(actorName('', { BELAY_ACTOR: ' ', GITHUB_ACTOR: 'octo' })).toBe('octo');
  expect(actorName('', { BELAY_ACTOR: '' })).toBe(userInfo().username);
});

test('a name that nobody could read is cut', () => {
  expect(actorName('x'.repeat(5_000), {})).toHaveLength(200);
});
