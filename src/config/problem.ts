import { BelayError } from '../domain/errors';

/** One thing that is wrong in a configuration file, and the way out. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `health.path`, `qualityGates.build[0].threshold`; empty for the file as a whole. */
  readonly path: string;
  readonly rule: string;
  readonly suggestion: string | null;
}

/** `CONFIG_INVALID` with every problem, in the order of the file; `details.problems` has them as data. */
export function invalidConfig(file: string, problems: readonly ConfigProblem[]): BelayError {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const count = sorted.length;
  const lines = sorted.slice(0, MOST_LINES).map((problem) => `  ${sentence(problem)}`);
  if (count > lines.length) lines.push(`  … and ${count - lines.length} more.`);
  return new BelayError(
    'CONFIG_INVALID',
    [
      `${file} has ${count === 1 ? 'one problem' : `${count} problems`}; nothing was started.`,
      ...lines,
    ].join('\n'),
    {
      next: 'Correct the lines named above and run the command again. docs/configuration/README.md explains every key.',
      details: { problems: sorted },
    },
  );
}

/** More than these are the echoes of one mistake, or no configuration at all. */
const MOST_LINES = 40;

function sentence({ file, line, column, path, rule, suggestion }: ConfigProblem): string {
  const where = `${file}:${line}:${column}`;
  const what = path === '' ? rule : `\`${path}\` ${rule}`;
  return printable(suggestion === null ? `${where}: ${what}.` : `${where}: ${what}. ${suggestion}`);
}

/** What a file holds must not steer the terminal that shows its problems. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}

export type PathSegment = string | number;

/** `['qualityGates', 'build', 0, 'name']` as people write it: `qualityGates.build[0].name`. */
export function pathText(path: readonly PathSegment[]): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}
