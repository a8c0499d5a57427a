import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify, type Classification } from '../../tools/load/classify.mjs';
import { readInstanceLogIds } from '../../tools/load/instance-log.mjs';
import type { LoadRecord } from '../../tools/load/load.mjs';
import { endWithMe } from './end-with-me';

const RUN = join(__dirname, '..', '..', 'tools', 'load', 'run.mjs');
const MOST_SECONDS = 300;

export interface LoadProcess {
  /** Stops sending, awaits what is in flight and gives every record. */
  stop(): Promise<readonly LoadRecord[]>;
}

/** The open-loop load client as a process of its own, so that no event loop of a test holds it up. */
export function startLoadProcess(load: {
  readonly port: number;
  readonly rate: number;
  readonly file: string;
}): LoadProcess {
  const origin = `http://127.0.0.1:${load.port}`;
  const args = ['--origin', origin, '--rate', String(load.rate), '--seconds', String(MOST_SECONDS)];
  const child = spawn(process.execPath, [RUN, ...args, '--out', load.file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  endWithMe(child);
  return {
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'close');
      }
      return readRecords(load.file);
    },
  };
}

/** Who is to blame for what: see tools/load/classify.mjs. */
export async function judgeLoad(
  records: readonly LoadRecord[],
  instanceLogs: string,
): Promise<Classification> {
  return classify(records, await readInstanceLogIds(instanceLogs));
}

function readRecords(file: string): readonly LoadRecord[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LoadRecord);
}
