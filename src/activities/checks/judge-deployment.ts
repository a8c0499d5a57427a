import type { BuildEvidence, TestEvidence } from '../../domain/checks/test-evidence';
import type {
  ScanSummary,
  ValidatorSummary,
  VerificationSummary,
} from '../../domain/checks/check-summary';
import { judgeChecks } from '../../domain/checks/judge-checks';
import type { ScanReport } from '../../domain/checks/scan-report';
import { summarizeVerification } from '../../domain/checks/summarize-verification';
import type { ValidatorReport } from '../../domain/checks/validation';
import type { Verification } from '../../domain/checks/verification';
import { verificationName, type VerificationFile } from '../../domain/checks/verification-file';
import type { ServiceRef } from '../../domain/deployment';
import type { ActivityDependencies } from '../dependencies';
import { readCheckFile, type CheckFile, type CheckRef } from './check-file';
import { previousVerification } from './previous-verification';
import { keepReport, recallReport } from './stored-report';

export interface JudgeInput extends CheckRef {
  readonly ref: ServiceRef;
  readonly commit: string | null;
  readonly artifactBytes: number;
  readonly validators: readonly ValidatorSummary[];
  readonly scans: readonly ScanSummary[];
  readonly build: BuildEvidence | null;
  readonly tests: readonly TestEvidence[];
}

type JudgeDependencies = Pick<ActivityDependencies, 'artifacts' | 'records' | 'clock' | 'version'>;

/** The verdict over the whole reports; a report that is not what was kept counts as none, which blocks. */
export async function judgeDeployment(
  deps: JudgeDependencies,
  input: JudgeInput,
): Promise<VerificationSummary> {
  const { artifact, deploymentId } = input;
  const file = await readCheckFile(deps.artifacts, input);
  const nowMs = deps.clock();
  const verification = await judge(deps, input, { file, nowMs });
  const report: VerificationFile = {
    schemaVersion: 1,
    subject: {
      what: deploymentId,
      artifact,
      commit: input.commit,
      verifiedAtMs: nowMs,
      inventoryDigest: file.inventory.digest,
      version: deps.version,
    },
    verification,
  };
  const name = verificationName(deploymentId);
  return summarizeVerification(
    verification,
    await keepReport(deps.artifacts, artifact, { name, report }),
  );
}

async function judge(
  deps: JudgeDependencies,
  input: JudgeInput,
  { file, nowMs }: { readonly file: CheckFile; readonly nowMs: number },
): Promise<Verification> {
  const { artifact, ref, artifactBytes, build, tests } = input;
  return judgeChecks({
    validators: await whole<ValidatorReport>(deps, artifact, input.validators),
    scans: await whole<ScanReport>(deps, artifact, input.scans),
    build,
    tests,
    artifactBytes,
    gates: file.gates,
    suppressions: file.policy.suppressions,
    severities: file.policy.severities,
    environment: ref.environment,
    nowMs,
    previous: await previousVerification(deps, ref),
  });
}

async function whole<R>(
  { artifacts }: JudgeDependencies,
  artifact: string,
  summaries: readonly { readonly report: ScanSummary['report'] }[],
): Promise<readonly R[]> {
  const reports = await Promise.all(
    summaries.map(({ report }) => recallReport(artifacts, artifact, report)),
  );
  return reports.filter((report) => report !== null) as R[];
}
