import { readCoverage, readJUnit, type ReportRead } from '../../inspection/reports/read-report';
import type { CoverageReport } from '../../inspection/reports/line-coverage/coverage';
import type { JUnitReport } from '../../inspection/reports/junit/junit';
import { missing } from '../../inspection/reports/parsed';
import { runCommand, type CommandEnd } from '../../inspection/run-command/run-command';
import { stampReport, type ReportStamp } from './report-stamp';

export interface SuiteRun {
  readonly end: CommandEnd;
  readonly report: ReportRead<JUnitReport>;
  /** Null where none is configured. */
  readonly coverage: ReportRead<CoverageReport> | null;
}

export interface SuiteCommand {
  readonly command: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly reportPath: string;
  readonly coveragePath: string | null;
  readonly signal: AbortSignal;
}

/** Runs a test command once, and reads what this run wrote. @throws the signal's reason */
export async function runSuite(order: SuiteCommand): Promise<SuiteRun> {
  const { command, folder, env, timeoutMs, signal, reportPath, coveragePath } = order;
  const before = await stampReport(reportPath);
  const coverageBefore = coveragePath === null ? null : await stampReport(coveragePath);
  const end = await runCommand({ command, cwd: folder, env, timeoutMs, signal });
  signal.throwIfAborted();
  return {
    end,
    report: await freshly(readJUnit, { path: reportPath, before, signal }),
    coverage:
      coveragePath === null
        ? null
        : await freshly(readCoverage, { path: coveragePath, before: coverageBefore, signal }),
  };
}

interface Expected {
  readonly path: string;
  readonly before: ReportStamp;
  readonly signal: AbortSignal;
}

type Read<T> = (order: {
  readonly path: string;
  readonly sha256: null;
  readonly signal: AbortSignal;
}) => Promise<ReportRead<T>>;

async function freshly<T>(
  read: Read<T>,
  { path, before, signal }: Expected,
): Promise<ReportRead<T>> {
  const after = await stampReport(path);
  if (after !== null && after === before) return missing('it is stale: this run did not write it');
  return read({ path, sha256: null, signal });
}
