import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithMe } from './end-with-me';
import { freePort } from './free-port';
import { pause } from './until';

const READY_MS = 30_000;

export interface PrometheusOptions {
  /** `HOST:PORT` of what it scrapes every second. */
  readonly scrapes?: readonly string[];
  /** OpenMetrics with times: what it is to have seen before. */
  readonly past?: string;
}

/** A real Prometheus with a database of its own. */
export class PrometheusProcess {
  private constructor(
    readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  static async start({ scrapes = [], past }: PrometheusOptions): Promise<PrometheusProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'belay-prometheus-'));
    const data = join(folder, 'data');
    if (past !== undefined) {
      writeFileSync(join(folder, 'past.txt'), past);
      const create = ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'past.txt'), data];
      execFileSync('promtool', create, { stdio: 'ignore' });
    }
    writeFileSync(join(folder, 'prometheus.yml'), configuration(scrapes));
    const port = await freePort();
    const child = endWithMe(
      spawn(
        'prometheus',
        [
          `--config.file=${join(folder, 'prometheus.yml')}`,
          `--storage.tsdb.path=${data}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        { stdio: 'ignore' },
      ),
    );
    const ended = once(child, 'exit');
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    const url = `http://127.0.0.1:${port}`;
    await ready(url);
    return new PrometheusProcess(url, stop);
  }
}

function configuration(targets: readonly string[]): string {
  const jobs = [{ job_name: 'belay', static_configs: [{ targets }] }];
  const global = { scrape_interval: '1s', scrape_timeout: '1s' };
  // YAML is a superset of JSON.
  return JSON.stringify({ global, scrape_configs: targets.length === 0 ? [] : jobs });
}

async function ready(url: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const isReady = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (performance.now() > deadline) throw new Error(`Prometheus is not ready at ${url}`);
    await pause(50);
  }
}
