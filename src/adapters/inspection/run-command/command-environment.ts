import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_ID } from './marked-processes';

export interface CommandEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** In the environment of everything that the command starts. */
  readonly runId: string;
  /** Removes the temporary home. */
  remove(): Promise<void>;
}

/** An allow-list: credentials and settings of this process (AWS, npm, GitHub, Temporal, Belay) never reach a command. */
const PASSED = ['PATH', 'LANG', 'LC_ALL', 'TMPDIR'] as const;

/** The environment of one command: with an empty home, so that no settings of a person are found there either. */
export async function commandEnvironment(
  own: Readonly<Record<string, string>>,
): Promise<CommandEnvironment> {
  const home = await mkdtemp(join(tmpdir(), 'belay-home-'));
  const runId = randomUUID();
  const variables: Record<string, string> = { HOME: home };
  for (const name of PASSED) {
    const value = process.env[name];
    if (value !== undefined) variables[name] = value;
  }
  return {
    variables: { ...variables, ...own, [RUN_ID]: nested(runId) },
    runId,
    // It may hold what the command protected from being removed; the system's cleaning gets that.
    remove: () => rm(home, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** A command that runs commands itself is found by the first id, whoever starts the last process. */
function nested(runId: string): string {
  const outer = process.env[RUN_ID];
  return outer === undefined ? runId : `${outer},${runId}`;
}
