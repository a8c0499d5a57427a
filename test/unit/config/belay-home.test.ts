import { belayHome } from '../../../src/config/belay-home';

describe('the home of Belay', () => {
  test.each([
    ['what BELAY_HOME says', { BELAY_HOME: '/srv/belay/', XDG_STATE_HOME: '/state' }, '/srv/belay'],
    ["a folder of the user's own", { BELAY_HOME: '~/belay' }, '/home/ada/belay'],
    ['the XDG state folder', { XDG_STATE_HOME: '/state' }, '/state/belay'],
    [
      'the default where XDG is relative',
      { XDG_STATE_HOME: 'state' },
      '/home/ada/.local/state/belay',
    ],
    [
      'the default where both are empty',
      { BELAY_HOME: '', XDG_STATE_HOME: '' },
      '/home/ada/.local/state/belay',
    ],
    ['the default', {}, '/home/ada/.local/state/belay'],
  ])('is %s', (_what, env, expected) => {
    expect(belayHome({ env, homedir: '/home/ada' })).toBe(expected);
  });
});
