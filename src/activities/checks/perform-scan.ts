import type { ScannerName, SwitchableScanner } from '../../domain/checks/catalog';
import type { CheckPolicy } from '../../domain/checks/policy';
import type { ScanReport } from '../../domain/checks/scan-report';
import { notApplicable, unanswered } from '../../domain/checks/scan-reports';
import type { CheckTools } from '../../ports/check-tools';
import { accidentOf, throughCache, type Look } from './through-cache';

/** A live source may know more in an hour; rules and files do not change by themselves. */
const FRESH_DATA_MS = 60 * 60_000;

/** One scan, from the cache where nothing it depends on has changed. What goes wrong is in the report; only a cancellation throws. */
export async function performScan(
  tools: Pick<CheckTools, 'scanners' | 'cache'>,
  name: ScannerName,
  { subject, context }: Look,
): Promise<ScanReport> {
  if (isSwitchedOff(subject.policy, name)) {
    return notApplicable(name, 'switched off by `deploymentPipeline.security`');
  }
  const scanner = tools.scanners.find((one) => one.name === name);
  if (scanner === undefined) {
    const reason = 'the worker of this environment has no such scanner: update it';
    return unanswered(name, 'unavailable', { reason, total: 1 });
  }
  const startedAtMs = Date.now();
  const took = (): number => Date.now() - startedAtMs;
  try {
    const answer = await throughCache<ScanReport>(tools.cache, {
      check: `scanner/${name}`,
      subject,
      identity: await scanner.identity(subject),
      look: () => scanner.scan(subject, context),
      isWorthKeeping: ({ status, probe }) => status === 'completed' && probe !== 'miss',
      keepMs: ({ tool }) => (tool.dataSource === null ? null : FRESH_DATA_MS),
    });
    return { ...answer.result, cached: answer.cached, durationMs: took() };
  } catch (error) {
    const reason = accidentOf(error, context.signal);
    return { ...unanswered(name, 'failed', { reason, total: 1 }), durationMs: took() };
  }
}

function isSwitchedOff({ scanners }: CheckPolicy, name: ScannerName): boolean {
  return name !== 'dependencies' && !scanners[name satisfies SwitchableScanner];
}
