import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Unix socket paths end at about 104 (macOS) to 108 (Linux) characters. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Where the platform of a home listens: `home/platform/admin.sock`, or, where that is too long for a socket, a file
 * named after the home in a folder of this user (mode 0700) under the system's temporary folder. The same home gives
 * the same path on every call.
 */
export function platformSocketPath(home: string): string {
  const inside = join(resolve(home), 'platform', 'admin.sock');
  if (inside.length <= LONGEST_SOCKET_PATH) return inside;
  const name = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16);
  return join(tmpdir(), `belay-${userInfo().uid}`, `${name}.sock`);
}
