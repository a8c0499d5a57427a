import type { Command } from '../context';
import { builtMain } from '../processes/package-root';
import { runForeground } from '../processes/run-foreground';

/** The local platform in the foreground, until Ctrl-C; its services go on without it. */
export const platform: Command<object> = async (_options, { home, env }) =>
  runForeground([process.execPath, builtMain('platform'), '--home', home], env);
