import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a program that Belay gets by itself is kept: in `BELAY_CACHE`, else in `belay` in the XDG cache folder. */
export function cacheFolder(program, env) {
  if (env.BELAY_CACHE) return join(env.BELAY_CACHE, program);
  const home = env.HOME || homedir();
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'belay', program);
}
