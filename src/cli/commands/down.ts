import { platformSocketPath } from '../../platform/socket-path';
import type { CliContext, Command } from '../context';
import type { ExitCode } from '../exit-codes';
import { onlyOne } from '../processes/only-one';
import { readPlatform, stopPlatform, type PlatformSummary } from '../processes/platform-admin';
import { identify, type ProcessIdentity } from '../../client/process-identity';
import { readProcesses, recordProcesses } from '../processes/process-record';
import { stopProcess } from '../processes/stop-process';

export interface DownOptions {
  readonly all: boolean;
}

const STOP_MS = 15_000;
/** Drain and grace of every service come first. */
const STOP_PLATFORM_MS = 90_000;

/** Stops worker and Temporal; the platform with its services only with `--all`. */
export const down: Command<DownOptions> = async ({ all }, context) =>
  onlyOne<ExitCode>(context.home, async () => {
    const { home } = context;
    const { worker, temporal } = readProcesses(home);
    const workerEnd = await stopped(worker);
    recordProcesses(home, { worker: null });
    // Its ports are kept on record, so that the next `up` takes them again.
    const temporalEnd = await stopped(temporal);
    const platform = await readPlatform(platformSocketPath(home));
    const platformEnd = all ? await stopServices(platform, context) : 'still runs';
    report({ workerEnd, temporalEnd, platformEnd, platform, all }, context);
    return 0;
  });

async function stopped(known: ProcessIdentity | null): Promise<string> {
  return known === null ? 'was not running' : stopProcess(known, STOP_MS);
}

async function stopServices(
  platform: PlatformSummary | null,
  { home, terminal }: CliContext,
): Promise<string> {
  if (platform === null) return 'was not running';
  for (const name of namesOf(platform)) terminal.note(`goes dark: ${name}`);
  const known = identify(platform.pid);
  await stopPlatform(platformSocketPath(home));
  if (known !== null) await stopProcess(known, STOP_PLATFORM_MS);
  recordProcesses(home, { platform: null });
  return 'ended';
}

interface Ends {
  readonly workerEnd: string;
  readonly temporalEnd: string;
  readonly platformEnd: string;
  readonly platform: PlatformSummary | null;
  readonly all: boolean;
}

function report(ends: Ends, { terminal }: CliContext): void {
  const { workerEnd, temporalEnd, platform, all } = ends;
  const names = platform === null ? [] : namesOf(platform);
  const platformEnd = platform === null ? 'was not running' : ends.platformEnd;
  terminal.result({
    json: {
      schemaVersion: 1,
      worker: workerEnd,
      temporal: temporalEnd,
      platform: platformEnd,
      services: names,
      dark: all ? names : [],
    },
    text: [
      `worker    ${workerEnd}`,
      `temporal  ${temporalEnd}; running deployments go on with the next \`belay up\``,
      `platform  ${platformEnd}${names.length === 0 ? '' : `: ${names.join(', ')}`}`,
      ...(all || names.length === 0
        ? []
        : ['          the services go on; `belay down --all` ends them too']),
    ],
  });
}

function namesOf({ services }: PlatformSummary): readonly string[] {
  return services
    .filter(({ fleets }) => fleets.some(({ size }) => size > 0))
    .map(({ service, environment, listener }) => {
      const where = listener === null ? '' : ` on port ${listener.port}`;
      return `${service}/${environment}${where}`;
    });
}
