import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { ActivityDependencies } from '../../../src/activities/dependencies';
import { connect } from '../../../src/workers/connect';
import { createEnvironmentWorker, createWorkflowWorker } from '../../../src/workers/create-workers';
import { environmentDependencies } from '../../../src/workers/environment-dependencies';
import { FAULT_VARIABLE, parseFault } from './fault';
import { withFault } from './with-fault';

/** The product's own workers for one environment, on ports of which one kills the process: `worker.cjs HOME ENVIRONMENT`. */
async function main(): Promise<void> {
  const [home = '', environment = ''] = process.argv.slice(2);
  const address = process.env['TEMPORAL_ADDRESS'] ?? '';
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const { signal } = new AbortController();
  const connection = await connect({ address, log: say, signal });
  if (connection === null) throw new Error('nobody stops it before it is connected');
  const settings = { connection, address, namespace: 'default' };
  const dependencies = dying(
    await environmentDependencies(home, (_level, message) => say(message)),
  );
  const workers = [
    await createWorkflowWorker(settings),
    await createEnvironmentWorker(settings, environment, dependencies),
  ];
  say('Running');
  await Promise.all(workers.map((worker) => worker.run()));
}

function dying(dependencies: ActivityDependencies): ActivityDependencies {
  const { [FAULT_VARIABLE]: text } = process.env;
  return text === undefined ? dependencies : withFault(dependencies, parseFault(text), die);
}

/** As a crash would: no handler runs, no report is sent. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

function say(message: string): void {
  process.stderr.write(`${new Date().toISOString()} ${message}\n`);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
