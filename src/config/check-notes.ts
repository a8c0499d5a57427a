import type { Gate } from '../domain/checks/gate';
import { readCheckPolicy } from './check-policy';
import { canBeMeasured, readGates } from './gates';
import type { BelayFile } from './schema/belay-file';

/** What the file asks of the checks and cannot get, one sentence each. */
export function checkNotes(file: BelayFile): readonly string[] {
  return [...suiteNotes(file), ...switchNotes(file), ...toolNotes(file)];
}

/** The specification's block names no command. */
function suiteNotes({ deploymentPipeline }: BelayFile): string[] {
  const { unitTests, integrationTests, evidence = [] } = deploymentPipeline?.testing ?? {};
  if (evidence.length > 0) return [];
  const silent = Object.entries({ unitTests, integrationTests })
    .filter(([, suite]) => suite !== undefined && suite.command === undefined)
    .map(([name]) => `\`testing.${name}\``);
  if (silent.length === 0) return [];
  return [
    `${silent.join(' and ')} ${silent.length === 1 ? 'names' : 'name'} no \`command\`, and there is no ` +
      '`testing.evidence`: no test result is known, and a gate that needs one is missing it.',
  ];
}

/** A gate over what a switched-off scanner would count is missing its measurement for ever. */
function switchNotes(file: BelayFile): string[] {
  const policy = readCheckPolicy(file, '.');
  const off = Object.entries(policy.scanners).filter(([, isOn]) => !isOn);
  const unmeasured = readGates(file).filter(({ metric }) => !canBeMeasured(metric, policy));
  return [
    ...off.map(
      ([scanner]) => `The ${scanner} scanner is switched off in the file: nothing looks there.`,
    ),
    ...unmeasured.map(unmeasuredNote),
  ];
}

function unmeasuredNote({ name, onMissing }: Gate): string {
  const what = onMissing === 'warn' ? 'only says so' : 'blocks every deployment';
  return `The gate "${name}" needs a scanner that the file switches off: it ${what}.`;
}

function toolNotes({ deploymentPipeline }: BelayFile): string[] {
  const tools = deploymentPipeline?.security?.tools ?? [];
  return tools
    .filter(({ command, sha256 }) => command !== undefined && sha256 === undefined)
    .map(
      ({ name }) =>
        `\`security.tools\`: ${name} has no \`sha256\`, so whatever stands under that name is run.`,
    );
}
