import type { ExternalTool } from '../../../domain/checks/policy';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import { errorCode } from '../../error-code';
import { importSarif, type Imported } from '../../inspection/reports/sarif/import-sarif';
import { runToReport } from './run-to-report';
import { withoutAnswer, type ToolAnswer, type ToolOutcome } from './tool-outcome';
import { unboundReport } from './unbound-report';

export interface ExternalToolDependencies {
  /** Of this installation: fingerprints of code are made with it. */
  readonly fingerprintKey: Uint8Array;
}

/** Runs a tool, or reads what it wrote elsewhere. Only its SARIF counts. @throws the signal's reason */
export async function runExternalTool(
  tool: ExternalTool,
  subject: CheckSubject,
  ...[context, deps]: [CheckContext, ExternalToolDependencies]
): Promise<ToolOutcome> {
  const { name, required } = tool;
  try {
    return { tool: name, required, ...(await ask(tool, { subject, context, deps })) };
  } catch (error) {
    context.signal.throwIfAborted();
    const reason = `it could not be run (${errorCode(error) ?? 'unknown'})`;
    return { tool: name, required, ...withoutAnswer('failed', reason) };
  }
}

interface Surroundings {
  readonly subject: CheckSubject;
  readonly context: CheckContext;
  readonly deps: ExternalToolDependencies;
}

async function ask(
  tool: ExternalTool,
  { subject, context, deps: { fingerprintKey } }: Surroundings,
): Promise<ToolAnswer> {
  const { signal } = context;
  const imports = async (path: string, root: string): Promise<ToolAnswer> => {
    const named = { scanner: tool.scanner, tool: tool.name };
    return answerOf(await importSarif(path, { ...named, fingerprintKey, root, signal }));
  };
  switch (tool.kind) {
    case 'run':
      return runToReport(tool, { subject, context, imports });
    case 'import':
      return (await unboundReport(tool.path, subject)) ?? imports(tool.path, subject.root);
  }
}

function answerOf(imported: Imported): ToolAnswer {
  if (imported.kind !== 'completed') return withoutAnswer(imported.kind, imported.reason);
  return { status: 'completed', reason: null, findings: imported.findings, notes: [] };
}
