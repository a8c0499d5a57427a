import type { InventoryFile } from '../../../domain/checks/inventory';
import type { ValidatorReport } from '../../../domain/checks/validation';
import { formatCounted } from '../../../domain/format/count';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import type { Validator } from '../../../ports/validator';
import type { FileLook } from '../../inspection/child/hear-child';
import {
  CHILD_LIMITS,
  lookIntoFiles,
  type ChildLimits,
} from '../../inspection/child/look-into-files';
import { runCommand } from '../../inspection/run-command/run-command';
import { threadFile } from '../../inspection/thread-options';
import { createProblems, type Problems } from '../../inspection/validation/problems';
import { isThirdParty } from '../../inspection/validation/third-party';
import { languageOf, type Language } from './language-of';
import type { Parsed } from './parse-file';
import { runSyntaxCommands } from './syntax-commands';

export interface SyntaxValidatorOptions {
  readonly limits?: ChildLimits;
  readonly maxBytes?: Readonly<Record<Language, number>>;
  readonly run?: typeof runCommand;
}

const VERSION = 'syntax/1';

/** A file beyond it is not parsed, and named. */
const MAX_BYTES: Readonly<Record<Language, number>> = {
  javascript: 32_000_000,
  typescript: 32_000_000,
  json: 64_000_000,
  'json-with-comments': 8_000_000,
  'json-lines': 64_000_000,
  yaml: 8_000_000,
  terraform: 4_000_000,
  dockerfile: 1_000_000,
  toml: 8_000_000,
};

/**
 * Every file that we have a parser for can be parsed. What packages ship is parsed too; there a mistake is `medium`, as
 * packages ship files that are broken on purpose.
 */
export function createSyntaxValidator(options: SyntaxValidatorOptions = {}): Validator {
  return {
    name: 'syntax',
    // Nobody knows of what version the programs of a person are.
    identity: async ({ policy }) => (policy.syntaxCommands.length === 0 ? VERSION : null),
    validate: (subject, context) => validate(subject, context, options),
  };
}

async function validate(
  { root, inventory, policy }: CheckSubject,
  context: CheckContext,
  { limits = CHILD_LIMITS, maxBytes = MAX_BYTES, run = runCommand }: SyntaxValidatorOptions,
): Promise<ValidatorReport> {
  const startedAtMs = Date.now();
  const problems = createProblems();
  const languages = languagesOf(inventory.files);
  const paths = Object.keys(languages);
  const unparsed = new Set<string>();
  await lookIntoFiles<Parsed>({
    ...context,
    program: threadFile(__dirname, 'syntax-child'),
    root,
    setup: { languages, maxBytes },
    paths,
    limits,
    take: (path, look) => {
      if (!isParsed(path, look, problems)) unparsed.add(path);
    },
  });
  const { files } = inventory;
  const commands = policy.syntaxCommands;
  const commanded = await runSyntaxCommands({ ...context, root, files, commands, problems, run });
  tellOfOthers(files, { problems, asked: commanded.asked });
  const all = new Set([...paths, ...commanded.asked]);
  const holes = [...all].filter(
    (path) => unparsed.has(path) || (commanded.asked.has(path) && !commanded.answered.has(path)),
  );
  const total = all.size;
  return problems.report('syntax', { covered: total - holes.length, total, startedAtMs });
}

function languagesOf(files: readonly InventoryFile[]): Readonly<Record<string, Language>> {
  const languages = Object.create(null) as Record<string, Language>;
  for (const { path, kind } of files) {
    const language = languageOf(path, kind);
    if (language !== null) languages[path] = language;
  }
  return languages;
}

function isParsed(path: string, look: FileLook<Parsed>, problems: Problems): boolean {
  const severity = isThirdParty(path) ? 'medium' : 'high';
  if (look.kind === 'broke') {
    problems.skip(path, look.reason);
    const title = `cannot be parsed: ${look.reason}`;
    problems.add({ rule: 'syntax/not-parsed', severity, title, location: { path, line: null } });
    return false;
  }
  if (look.result.kind === 'too-large') {
    problems.skip(path, 'it is larger than a file of its kind may be');
    const title = 'is too large to be parsed; nobody has looked at it';
    problems.add({
      rule: 'syntax/too-large',
      severity: 'medium',
      title,
      location: { path, line: null },
    });
    return false;
  }
  const { mistake } = look.result;
  if (mistake !== null) {
    const { rule, title, line } = mistake;
    problems.add({ rule, severity, title, location: { path, line } });
  }
  return true;
}

const OTHER_LANGUAGES =
  /\.(py|rb|php|go|rs|java|kt|cs|sh|bash|pl|lua|ps1|swift|scala|vue|svelte|scss|sass|less)$/;

interface Telling {
  readonly problems: Problems;
  /** What a command checks. */
  readonly asked: ReadonlySet<string>;
}

/** One line a language: its files are no part of what this validator can cover. */
function tellOfOthers(files: readonly InventoryFile[], { problems, asked }: Telling): void {
  const counts = new Map<string, number>();
  for (const { path } of files.filter((file) => !asked.has(file.path))) {
    const extension = isThirdParty(path) ? undefined : OTHER_LANGUAGES.exec(path)?.[1];
    if (extension !== undefined) counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  for (const [extension, count] of counts)
    problems.skip(
      `*.${extension}`,
      `${formatCounted(count, 'file')} of a language without a parser here; a syntax command can check them`,
    );
}
