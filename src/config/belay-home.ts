/** Where this host keeps Belay's state. */
export interface HomeSurroundings {
  /** The process's environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's own folder, absolute. */
  readonly homedir: string;
}

/**
 * `BELAY_HOME`, else `belay` in the XDG state folder (`~/.local/state` where that is not set), on Linux and macOS
 * alike. A relative `XDG_STATE_HOME` is ignored, as its specification asks; a relative `BELAY_HOME` stays relative, for
 * the caller to resolve; a leading `~` of it is the user's folder.
 */
export function belayHome({ env, homedir }: HomeSurroundings): string {
  const own = env['BELAY_HOME'];
  if (own) return withoutTrailingSlash(own.replace(/^~(?=\/|$)/, homedir));
  const state = env['XDG_STATE_HOME'];
  return state?.startsWith('/')
    ? `${withoutTrailingSlash(state)}/belay`
    : `${withoutTrailingSlash(homedir)}/.local/state/belay`;
}

function withoutTrailingSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
