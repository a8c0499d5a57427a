import { pause } from '../../client/pause';
import { isRunning, type ProcessIdentity } from '../../client/process-identity';

const ASK_EVERY_MS = 100;
const KILL_TAKES_MS = 5_000;

/**
 * Asks the process to end, and ends it when it does not within the time. Does nothing where the pid belongs to another
 * process by now. Answers how it went.
 */
export async function stopProcess(
  process_: ProcessIdentity,
  graceMs: number,
): Promise<'was not running' | 'ended' | 'was killed'> {
  if (!send(process_, 'SIGTERM')) return 'was not running';
  if (await hasEnded(process_, graceMs)) return 'ended';
  if (!send(process_, 'SIGKILL')) return 'ended';
  await hasEnded(process_, KILL_TAKES_MS);
  return 'was killed';
}

function send(process_: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isRunning(process_)) return false;
  try {
    return process.kill(process_.pid, signal);
  } catch {
    return false;
  }
}

async function hasEnded(process_: ProcessIdentity, withinMs: number): Promise<boolean> {
  const endsAtMs = Date.now() + withinMs;
  while (isRunning(process_)) {
    if (Date.now() > endsAtMs) return false;
    await pause(ASK_EVERY_MS);
  }
  return true;
}
