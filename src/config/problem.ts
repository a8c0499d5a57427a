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
  const count = sorted.length === 1 ? 'one problem' : `${sorted.length} problems`;
  const lines = sorted.map((problem) => `  ${sentence(problem)}`);
  return new BelayError(
    'CONFIG_INVALID',
    [`${file} has ${count}; nothing was started.`, ...lines].join('\n'),
    {
      next: 'Correct the lines named above and run the command again. docs/configuration/README.md explains every key.',
      details: { problems: sorted },
    },
  );
}

function sentence({ file, line, column, path, rule, suggestion }: ConfigProblem): string {
  const where = `${file}:${line}:${column}`;
  const what = path === '' ? rule : `\`${path}\` ${rule}`;
  return suggestion === null ? `${where}: ${what}.` : `${where}: ${what}. ${suggestion}`;
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
