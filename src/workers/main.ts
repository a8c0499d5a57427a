import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { temporalAddress } from '../client/temporal-address';
import { belayHome } from '../config/belay-home';
import { runWorker } from './run-worker';

/** `node dist/workers/main.js [--home DIR]`: runs until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { home: { type: 'string' } } });
  const home = values.home ?? belayHome({ env: process.env, homedir: homedir() });
  const { address } = temporalAddress(home, process.env);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  await runWorker({
    home,
    address,
    namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
    signal: stop.signal,
    log: (level, message) => {
      process.stderr.write(`${new Date().toISOString()} ${level} ${message}\n`);
    },
  });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
