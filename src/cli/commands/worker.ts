import type { Command } from '../context';
import { builtMain } from '../processes/package-root';
import { runForeground } from '../processes/run-foreground';

/** A worker in the foreground, until Ctrl-C; running deployments wait for the next one. */
export const worker: Command<object> = async (_options, { home, env }) =>
  runForeground([process.execPath, builtMain('workers'), '--home', home], env);
