import { parse } from 'yaml';
import { child } from '../../inspection/child/child';
import { readText } from '../../inspection/read-text';
import { taskProblems, type TaskProblem } from './task-definition';

/** What one configuration file says. */
export type ConfigurationLook =
  | {
      readonly kind: 'read';
      /** The line of the first mark of a merge that was not finished. */
      readonly conflictLine: number | null;
      /** Names that an example of an environment file sets. */
      readonly names: readonly string[];
      readonly task: readonly TaskProblem[];
    }
  | { readonly kind: 'not-read'; readonly reason: string };

const MAX_BYTES = 16_000_000;
const MOST_NAMES = 500;

export interface ConfigurationSetup {
  readonly tasks: readonly string[];
}

child<ConfigurationSetup>(({ tasks }) => async (file, path): Promise<ConfigurationLook> => {
  const read = await readText(file, MAX_BYTES);
  if (read.kind === 'binary') return { kind: 'not-read', reason: 'it is binary' };
  if (read.kind === 'too-large') return { kind: 'not-read', reason: 'it is too large' };
  return {
    kind: 'read',
    conflictLine: conflictLine(read.text),
    names: /\.env\.(?:example|sample|template|dist)$/.test(path) ? namesIn(read.text) : [],
    task: tasks.includes(path) ? taskProblems(parsed(read.text)) : [],
  };
});

/** All three marks, in order, each at the start of its line: a line of equals signs alone is often a heading. */
function conflictLine(text: string): number | null {
  const marks = ['<<<<<<< ', '=======', '>>>>>>> '];
  let next = 0;
  let first: number | null = null;
  let line = 1;
  for (let at = 0; at !== 0 || line === 1; line += 1) {
    if (text.startsWith(marks[next] ?? '', at)) {
      if (next === 0) first = line;
      next += 1;
      if (next === marks.length) return first;
    }
    at = text.indexOf('\n', at) + 1;
    if (at === 0) break;
  }
  return null;
}

function namesIn(text: string): readonly string[] {
  const names = text
    .split('\n')
    .map(
      (line) => /^\s{0,20}(?:export\s)?([A-Za-z_]\w{0,79})\s{0,20}=/.exec(line.slice(0, 200))?.[1],
    )
    .filter((name) => name !== undefined);
  return [...new Set(names)].slice(0, MOST_NAMES);
}

/** Whether it can be parsed is for the syntax. */
function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent', maxAliasCount: 100 }) as unknown;
  } catch {
    return null;
  }
}
