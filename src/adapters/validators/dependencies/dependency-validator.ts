import type { InventoryFile } from '../../../domain/checks/inventory';
import type { FindingSeverity } from '../../../domain/checks/severity';
import type { Problem, ValidatorReport } from '../../../domain/checks/validation';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import type { Validator } from '../../../ports/validator';
import type { FileLook } from '../../inspection/child/hear-child';
import { lookIntoFiles } from '../../inspection/child/look-into-files';
import { threadFile } from '../../inspection/thread-options';
import { createProblems, type Problems } from '../../inspection/validation/problems';
import { isThirdParty } from '../../inspection/validation/third-party';
import type { Drift } from './compare-lock';
import type { DependencyLook, DependencySetup, DependencyTask, DriftAt } from './dependency-child';
import type { PackageImport } from './imports-of';
import { importProblem, surroundingsOf } from './look-at-imports';
import { manifestProblems } from './look-at-manifests';
import type { NpmManifest } from './read-manifest';

const VERSION = `dependencies/1/node-${process.versions.node}`;

/**
 * What the project needs is declared, locked and there: manifests and lockfiles agree, and every package that the
 * project's own code loads is declared. What packages themselves load is theirs.
 */
export function createDependencyValidator(): Validator {
  return { name: 'dependencies', identity: async () => VERSION, validate };
}

interface Gathered {
  readonly manifests: Map<string, NpmManifest>;
  readonly aliases: string[];
  readonly scripts: { path: string; imports: readonly PackageImport[] }[];
}

async function validate(
  { root, inventory }: CheckSubject,
  context: CheckContext,
): Promise<ValidatorReport> {
  const startedAtMs = Date.now();
  const problems = createProblems();
  const tasks = tasksOf(inventory.files);
  const paths = Object.keys(tasks);
  const setup: DependencySetup = { root, tasks };
  const gathered: Gathered = { manifests: new Map(), aliases: [], scripts: [] };
  let covered = 0;
  await lookIntoFiles<DependencyLook>({
    ...context,
    program: threadFile(__dirname, 'dependency-child'),
    root,
    setup,
    paths,
    take: (path, look) => {
      covered += note(path, look, { problems, gathered, task: tasks[path] ?? 'script' });
    },
  });
  const { manifests, aliases, scripts } = gathered;
  for (const [path, manifest] of manifests)
    for (const problem of manifestProblems(path, manifest, inventory)) problems.add(problem);
  const surroundings = surroundingsOf(inventory, manifests, aliases);
  for (const { path, imports } of scripts)
    for (const wanted of imports) {
      const problem = importProblem(path, wanted, surroundings);
      if (problem !== null) problems.add(problem);
    }
  return problems.report('dependencies', { covered, total: paths.length, startedAtMs });
}

function tasksOf(files: readonly InventoryFile[]): Readonly<Record<string, DependencyTask>> {
  const tasks = Object.create(null) as Record<string, DependencyTask>;
  for (const file of files) {
    const task = isThirdParty(file.path) ? null : taskOf(file);
    if (task !== null) tasks[file.path] = task;
  }
  return tasks;
}

function taskOf({ path, kind }: InventoryFile): DependencyTask | null {
  switch (kind) {
    case 'npm-manifest':
      return 'manifest';
    case 'npm-lockfile':
      return 'npm-lock';
    case 'uv-lockfile':
    case 'poetry-lockfile':
      return 'toml-lock';
    case 'javascript':
      return 'script';
    case 'typescript':
      return /\.d\.[cm]?ts$/.test(path) ? null : 'script';
    default:
      return /(?:^|\/)[tj]sconfig[^/]{0,60}\.json$/.test(path) ? 'tsconfig' : null;
  }
}

interface Noting {
  readonly problems: Problems;
  readonly gathered: Gathered;
  readonly task: DependencyTask;
}

/** 1 where the file was looked at. */
function note(
  path: string,
  look: FileLook<DependencyLook>,
  { problems, gathered, task }: Noting,
): 0 | 1 {
  if (look.kind === 'broke') return leave(path, look.reason, { problems, task });
  const { result } = look;
  switch (result.kind) {
    case 'manifest':
      gathered.manifests.set(path, result.manifest);
      return 1;
    case 'lock':
      for (const drift of result.drifts) problems.add(driftProblem(drift));
      return 1;
    case 'aliases':
      gathered.aliases.push(...result.aliases);
      return 1;
    case 'script':
      if (result.imports.length > 0) gathered.scripts.push({ path, imports: result.imports });
      return 1;
    case 'malformed': {
      const title = 'cannot be read as what its name says; make it anew';
      problems.add({
        rule: 'dependencies/malformed',
        severity: 'high',
        title,
        location: { path, line: null },
      });
      return 1;
    }
    case 'too-large':
      return leave(path, 'it is larger than a file of its kind may be', { problems, task });
  }
}

/** A script that breaks its parser is a problem of the syntax; a manifest or a lockfile is one of this. */
function leave(path: string, reason: string, { problems, task }: Omit<Noting, 'gathered'>): 0 {
  problems.skip(path, reason);
  if (task === 'script' || task === 'tsconfig') return 0;
  const title = `could not be read: ${reason}`;
  problems.add({
    rule: 'dependencies/not-read',
    severity: 'high',
    title,
    location: { path, line: null },
  });
  return 0;
}

const DRIFTS: Readonly<
  Record<Drift['kind'], readonly [FindingSeverity, (name: string) => string]>
> = {
  missing: ['high', (name) => `asks for ${name}, which is not in the lockfile`],
  'optional-missing': ['low', (name) => `may use ${name}, which is not in the lockfile`],
  version: ['high', (name) => `asks for another version of ${name} than the lockfile holds`],
  extra: ['low', (name) => `no longer asks for ${name}, which is still in the lockfile`],
};

function driftProblem({ kind, name, manifest }: DriftAt): Problem {
  const [severity, title] = DRIFTS[kind];
  return {
    rule: `dependencies/lock-${kind}`,
    severity,
    title: title(shownPackage(name)),
    location: { path: manifest, line: null },
  };
}

function shownPackage(name: string): string {
  return /^[\w@./~-]{1,200}$/.test(name) ? name : 'a package';
}
