import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { homeLayout } from '../../domain/home-layout';
import { choosePort } from './free-port';
import { onlyOne } from './only-one';
import { isRunning } from '../../client/process-identity';
import { readProcesses, recordProcesses, type TemporalProcess } from './process-record';
import { checkServerVersion, databaseFile, noteServerVersion } from './server-version';
import { awaitReady, startDetached, type StartOrder } from './start-detached';
import { loadTemporalTools, withoutBinary, type ResolvedTemporal } from './temporal-tools';

export interface TemporalStart {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Whether a Temporal answers at the address; asked again and again. */
  readonly answers: (address: string) => Promise<boolean>;
}

export interface RunningTemporal {
  readonly address: string;
  readonly webUrl: string | null;
  /** Null where TEMPORAL_ADDRESS names it: not ours. */
  readonly pid: number | null;
  readonly started: boolean;
}

const FRONTEND_PORT = 7233;
const WEB_PORT = 8233;
const READY_WITHIN_MS = 60_000;

/** Temporal's development server of this home, started where it does not run yet. */
export async function startTemporal(start: TemporalStart): Promise<RunningTemporal> {
  const known = readProcesses(start.home).temporal;
  const given = start.env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') {
    return { address: given, webUrl: null, pid: null, started: false };
  }
  if (known !== null && isRunning(known)) {
    const { address, webUrl, pid } = known;
    return { address, webUrl, pid, started: false };
  }
  const binary = await findBinary(start);
  if (binary.kind === 'address') {
    return { address: binary.address, webUrl: null, pid: null, started: false };
  }
  const { address, webUrl, pid } = await onlyOne(portsLock(), () =>
    startServer(binary, known, start),
  );
  return { address, webUrl, pid, started: true };
}

/** Two homes at once would find the same port free, and the second would take the first's server for its own. */
function portsLock(): string {
  return join(tmpdir(), `belay-${userInfo().uid}`);
}

async function findBinary({ say, env, signal }: TemporalStart): Promise<ResolvedTemporal> {
  const { resolveTemporal } = await loadTemporalTools();
  return resolveTemporal({ log: say, env, signal }).catch((error: unknown) => {
    throw withoutBinary(error);
  });
}

async function startServer(
  binary: Extract<ResolvedTemporal, { kind: 'binary' }>,
  known: TemporalProcess | null,
  { home, env, say, answers }: TemporalStart,
): Promise<TemporalProcess> {
  checkServerVersion(home, binary.server);
  noteServerVersion(home, binary.server);
  const ports = await choosePorts(known, say);
  const { devServerArguments } = await loadTemporalTools();
  const database = databaseFile(home);
  const order: StartOrder = {
    name: 'the Temporal server',
    command: [binary.path, ...devServerArguments({ ...ports, database })],
    logFile: join(homeLayout(home).logs, 'temporal.log'),
    env,
  };
  const process = await startDetached(order);
  const temporal: TemporalProcess = {
    ...process,
    address: `127.0.0.1:${ports.port}`,
    webUrl: `http://127.0.0.1:${ports.uiPort}`,
    server: binary.server,
  };
  recordProcesses(home, { temporal });
  const isReady = (): Promise<boolean> => answers(temporal.address);
  await awaitReady({ order, process, withinMs: READY_WITHIN_MS, isReady });
  return temporal;
}

/** The ports of last time come first: a worker that still runs finds its server again. */
async function choosePorts(
  known: TemporalProcess | null,
  say: (line: string) => void,
): Promise<{ readonly port: number; readonly uiPort: number }> {
  const before = known === null ? null : Number(known.address.split(':').at(-1));
  const webBefore = known === null ? null : Number(known.webUrl.split(':').at(-1));
  const frontend = await choosePort(preferring(before, FRONTEND_PORT));
  const web = await choosePort(preferring(webBefore, WEB_PORT));
  for (const { port, insteadOf } of [frontend, web]) {
    if (insteadOf !== null) say(`port ${insteadOf} is taken; using ${port} instead`);
  }
  return { port: frontend.port, uiPort: web.port };
}

function preferring(before: number | null, usual: number): readonly number[] {
  return before === null || !Number.isInteger(before) ? [usual] : [...new Set([before, usual])];
}
