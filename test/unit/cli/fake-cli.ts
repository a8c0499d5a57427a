import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentClient } from '../../../src/client/deployment-client';
import type { CliContext } from '../../../src/cli/context';
import type { ExitCode } from '../../../src/cli/exit-codes';
import type { KeySource } from '../../../src/cli/keys/keyboard';
import { runCli } from '../../../src/cli/run-cli';
import { createMemoryArtifactStore } from '../../../src/adapters/artifacts/memory-artifact-store';
import { createMemoryEvidenceRecord } from '../../../src/adapters/evidence/memory-evidence-record';
import { createMemoryLedger } from '../../../src/adapters/ledger/memory-ledger';
import { createMemoryEnvironmentRecord } from '../../../src/adapters/records/memory-environment-record';
import { BelayError } from '../../../src/domain/errors';
import type { TrafficRouter } from '../../../src/ports/traffic-router';
import { FakeRuns } from '../client/fake-runs';

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

const AWAY = {
  observe: async () => {
    throw new BelayError('PLATFORM_UNAVAILABLE', 'the platform does not answer');
  },
} as unknown as TrafficRouter;

/** The whole CLI in this process, over an in-memory Temporal and a home of its own. */
export class FakeCli {
  readonly runs = new FakeRuns();
  readonly ledger = createMemoryLedger();
  readonly evidence = createMemoryEvidenceRecord();
  readonly records = createMemoryEnvironmentRecord();
  /** Every folder that is stored holds one file with its path as text. */
  readonly artifacts = createMemoryArtifactStore((path) => ({ 'server.js': path }));
  readonly home = mkdtempSync(join(tmpdir(), 'belay-cli-'));
  readonly interruption = new AbortController();
  env: Record<string, string> = { BELAY_HOME: this.home };
  /** Thrown instead of connecting. */
  away: Error | null = null;
  /** The platform does not answer. */
  target: Partial<ReturnType<CliContext['adapters']>['target']> = { router: AWAY };
  tty = false;
  keys: KeySource | undefined;
  /** What all runs have written to stdout until now, also those that go on. */
  written = '';

  async run(...argv: string[]): Promise<Ran> {
    const written = { stdout: '', stderr: '' };
    const stream = (name: 'stdout' | 'stderr') => ({
      isTTY: this.tty,
      columns: 100,
      rows: 40,
      write: (text: string) => {
        written[name] += text;
        if (name === 'stdout') this.written += text;
        return true;
      },
    });
    const code = await runCli(argv, {
      stdout: stream('stdout'),
      stderr: stream('stderr'),
      env: this.env,
      cwd: this.home,
      homedir: this.home,
      version: '0.0.0',
      interrupted: this.interruption.signal,
      ...(this.keys === undefined ? {} : { keys: this.keys }),
      openClient: async () => {
        if (this.away !== null) throw this.away;
        return deploymentClient(this.runs);
      },
      openAdapters: () => ({
        ledger: this.ledger,
        records: this.records,
        artifacts: this.artifacts,
        evidence: this.evidence,
        target: this.target as ReturnType<CliContext['adapters']>['target'],
      }),
    });
    return { code, ...written };
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
