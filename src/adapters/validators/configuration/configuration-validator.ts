import type { DeploymentFacts } from '../../../domain/checks/facts';
import type { InventoryFile } from '../../../domain/checks/inventory';
import type { Problem, ValidatorReport } from '../../../domain/checks/validation';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import type { Validator } from '../../../ports/validator';
import type { FileLook } from '../../inspection/child/hear-child';
import { lookIntoFiles } from '../../inspection/child/look-into-files';
import { threadFile } from '../../inspection/thread-options';
import { createProblems, type Problems } from '../../inspection/validation/problems';
import { isThirdParty } from '../../inspection/validation/third-party';
import type { ConfigurationLook, ConfigurationSetup } from './configuration-child';
import { shownName } from './fact-problem';
import { lookAtCommand } from './look-at-command';
import { lookAtEnvironment } from './look-at-environment';
import { lookAtHealth } from './look-at-health';

const VERSION = 'configuration/1';

/** What was configured fits what ships: the command's file, the variables, the health path, task definitions. */
export function createConfigurationValidator(): Validator {
  return { name: 'configuration', identity: async () => VERSION, validate };
}

async function validate(
  { root, inventory, facts }: CheckSubject,
  context: CheckContext,
): Promise<ValidatorReport> {
  const startedAtMs = Date.now();
  const problems = createProblems();
  if (facts.command !== null)
    for (const problem of lookAtCommand(facts.command, inventory)) problems.add(problem);
  for (const problem of lookAtEnvironment(facts)) problems.add(problem);
  for (const problem of lookAtHealth(facts)) problems.add(problem);
  const files = inventory.files.filter(isConfiguration);
  const paths = files.map(({ path }) => path);
  const setup: ConfigurationSetup = {
    tasks: files.filter(({ kind }) => kind === 'task-definition').map(({ path }) => path),
  };
  let covered = 0;
  await lookIntoFiles<ConfigurationLook>({
    ...context,
    program: threadFile(__dirname, 'configuration-child'),
    root,
    setup,
    paths,
    take: (path, look) => (covered += note(path, look, { problems, facts })),
  });
  const said = saidThings(facts);
  return problems.report('configuration', {
    covered: covered + said,
    total: paths.length + said,
    startedAtMs,
  });
}

const KINDS: ReadonlySet<string> = new Set([
  'json',
  'yaml',
  'npm-manifest',
  'npm-lockfile',
  'cloudformation',
  'task-definition',
  'terraform',
  'dockerfile',
]);

function isConfiguration({ path, kind }: InventoryFile): boolean {
  if (isThirdParty(path)) return false;
  if (KINDS.has(kind)) return true;
  return (
    kind === 'text' &&
    /(?:\.(?:toml|ini|conf|cfg|properties)|(?:^|\/)\.env(?:\.[\w.-]{1,40})?)$/.test(path)
  );
}

/** The parts of the configuration that there are to look at. */
function saidThings({ command, health, env, secrets, envNames }: DeploymentFacts): number {
  const parts = [
    command !== null,
    health !== null,
    Object.keys(env).length + secrets.length > 0,
    Object.keys(envNames).length > 1,
  ];
  return parts.filter(Boolean).length;
}

interface Noting {
  readonly problems: Problems;
  readonly facts: DeploymentFacts;
}

/** 1 where the file was looked at. */
function note(path: string, look: FileLook<ConfigurationLook>, { problems, facts }: Noting): 0 | 1 {
  if (look.kind === 'broke' || look.result.kind === 'not-read') {
    problems.skip(path, look.kind === 'broke' ? look.reason : notRead(look.result));
    return 0;
  }
  for (const problem of problemsOf(path, look.result, facts)) problems.add(problem);
  return 1;
}

function notRead(look: ConfigurationLook): string {
  return look.kind === 'not-read' ? look.reason : 'it was not read';
}

function problemsOf(
  path: string,
  { conflictLine, names, task }: Extract<ConfigurationLook, { kind: 'read' }>,
  facts: DeploymentFacts,
): readonly Problem[] {
  const location = { path, line: null };
  const problems: Problem[] = task.map((problem) => ({ ...problem, location }));
  if (conflictLine !== null)
    problems.push({
      rule: 'configuration/merge-conflict',
      severity: 'high',
      title: 'holds the marks of a merge that was not finished',
      location: { path, line: conflictLine },
    });
  // Without a configuration there is nothing that a name could be missing in.
  if (facts.command === null) return problems;
  const given = new Set([...Object.keys(facts.env), ...facts.secrets, 'PORT', 'NODE_ENV']);
  for (const name of names.filter((one) => !given.has(one)))
    problems.push({
      rule: 'configuration/example-name',
      severity: 'low',
      title: `names ${shownName(name)}, which is neither in env nor in secrets`,
      location,
    });
  return problems;
}
