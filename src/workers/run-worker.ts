import type { NativeConnection, Worker } from '@temporalio/worker';
import type { ActivityDependencies } from '../activities';
import type { EnvironmentRegistration } from '../config/environment-registration';
import { connect } from './connect';
import {
  createEnvironmentWorker,
  createWorkflowWorker,
  type WorkerSettings,
} from './create-workers';
import { environmentDependencies } from './environment-dependencies';
import { EnvironmentStarts } from './environment-starts';
import { registeredEnvironments } from './registered-environments';

export interface RunOptions {
  readonly home: string;
  readonly address: string;
  readonly namespace: string;
  readonly log: ActivityDependencies['log'];
  readonly signal: AbortSignal;
}

const LOOK_FOR_ENVIRONMENTS_EVERY_MS = 500;

/**
 * One process that runs the workflows and, for each environment registered in the home, its activities; a newly
 * registered one is taken up while it runs. Ends when aborted, after what is in progress.
 */
export async function runWorker(options: RunOptions): Promise<void> {
  const { address, log, signal } = options;
  const connection = await connect({ address, log: (message) => log('warn', message), signal });
  if (connection === null) return;
  const running = new RunningWorkers(options, connection);
  try {
    await running.start();
    await running.finished();
  } finally {
    await connection.close();
  }
}

class RunningWorkers {
  private readonly workers: Worker[] = [];
  private readonly runs: Promise<void>[] = [];
  private readonly environments: EnvironmentStarts;
  private fail: (error: unknown) => void = () => undefined;
  private readonly failure = new Promise<never>((_resolve, reject) => {
    this.fail = reject;
  });

  constructor(
    private readonly options: RunOptions,
    private readonly connection: NativeConnection,
  ) {
    const { home, log, signal } = options;
    this.environments = new EnvironmentStarts({
      list: () => registeredEnvironments(home, (message) => log('warn', message)),
      start: (registration) => this.startEnvironment(registration),
      onFailure: (message) => log('error', message),
      signal,
    });
  }

  async start(): Promise<void> {
    const { address, log } = this.options;
    this.run(await createWorkflowWorker(this.settings()));
    log('info', `Running workflows from Temporal at ${address}.`);
    await this.environments.look();
  }

  /** Waits for the end: of the process, or of a worker that fails. */
  async finished(): Promise<void> {
    const { signal } = this.options;
    const timer = setInterval(() => {
      void this.environments.look();
    }, LOOK_FOR_ENVIRONMENTS_EVERY_MS);
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await Promise.race([stopped, this.failure]);
    } finally {
      clearInterval(timer);
      // One that is just being created must be among those that are shut down.
      await this.environments.settled();
      for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    }
    await Promise.all(this.runs);
  }

  private async startEnvironment({ environment, target }: EnvironmentRegistration): Promise<void> {
    const { log } = this.options;
    const dependencies = await environmentDependencies(target.home, log);
    this.run(await createEnvironmentWorker(this.settings(), environment, dependencies));
    log('info', `Running the activities of environment ${environment}.`);
  }

  private run(worker: Worker): void {
    const run = worker.run();
    run.catch(this.fail);
    this.workers.push(worker);
    this.runs.push(run);
  }

  private settings(): WorkerSettings {
    const { address, namespace } = this.options;
    return { connection: this.connection, address, namespace };
  }
}
