import { tmpdir } from 'node:os';
import { platformSocketPath } from '../../../src/platform/admin-api';

describe("where a home's platform listens", () => {
  test('inside the home', () => {
    expect(platformSocketPath('/srv/belay')).toBe('/srv/belay/platform/admin.sock');
    expect(platformSocketPath('/srv/belay/')).toBe('/srv/belay/platform/admin.sock');
  });

  test('in a short folder of this user where the home is too deep for a socket', () => {
    const deep = `/srv/${'deep/'.repeat(30)}`;
    const path = platformSocketPath(deep);
    expect(path).toBe(platformSocketPath(deep));
    expect(path.startsWith(tmpdir())).toBe(true);
    expect(path.length).toBeLessThanOrEqual(100);
    expect(path).not.toBe(platformSocketPath(`${deep}other`));
  });
});
