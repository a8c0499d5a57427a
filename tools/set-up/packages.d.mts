/** A reason to run `npm ci` in `root`, or undefined when node_modules is as the lockfile says. */
export function whyInstall(root: string): string | undefined;
