import type { Command } from '../context';
import { builtMain } from '../processes/package-root';
import { runForeground } from '../processes/run-foreground';

export interface PlatformOptions {
  /** `ADDRESS:PORT` or `off`; default: `BELAY_METRICS`, else off. */
  readonly metrics?: string;
}

/** The local platform in the foreground, until Ctrl-C; its services go on without it. */
export const platform: Command<PlatformOptions> = async ({ metrics }, { home, env }) =>
  runForeground(
    [
      process.execPath,
      builtMain('platform'),
      '--home',
      home,
      ...(metrics === undefined ? [] : ['--metrics', metrics]),
    ],
    env,
  );
