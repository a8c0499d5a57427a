/** What a command starts: a file of the artifact, as it is written there, or nothing that can be told. */
export type StartedFile =
  | { readonly kind: 'program'; readonly path: string }
  /** Read by an interpreter, which may add an extension. */
  | { readonly kind: 'script'; readonly path: string; readonly extensions: readonly string[] }
  | { readonly kind: 'unknown' };

interface Interpreter {
  readonly extensions: readonly string[];
  /** Options that take the next word. */
  readonly withValue: readonly string[];
  /** Options behind which no file is started. */
  readonly without: readonly string[];
}

const NODE: Interpreter = {
  extensions: ['', '.js', '.json', '.node', '/index.js'],
  withValue: ['-r', '--require', '--import', '--loader', '--experimental-loader', '-C'],
  without: ['-e', '--eval', '-p', '--print', '--test', '--run', '-', '-i'],
};
const SHELL: Interpreter = { extensions: [''], withValue: ['-o'], without: ['-c', '-s', '-'] };
const PYTHON: Interpreter = {
  extensions: [''],
  withValue: ['-W', '-X'],
  without: ['-c', '-m', '-'],
};

const INTERPRETERS: Readonly<Record<string, Interpreter>> = {
  node: NODE,
  nodejs: NODE,
  sh: SHELL,
  bash: SHELL,
  dash: SHELL,
  python: PYTHON,
  python3: PYTHON,
  ruby: { extensions: [''], withValue: ['-r', '-I'], without: ['-e', '-'] },
};

const UNKNOWN: StartedFile = { kind: 'unknown' };

export function startedFile(command: readonly string[]): StartedFile {
  const [program = '', ...words] = command;
  if (program.includes('$')) return UNKNOWN;
  if (program.includes('/'))
    return program.startsWith('/') ? UNKNOWN : { kind: 'program', path: program };
  const interpreter = Object.hasOwn(INTERPRETERS, program) ? INTERPRETERS[program] : undefined;
  if (interpreter === undefined) return UNKNOWN;
  const path = scriptOf(words, interpreter);
  if (path === null || path.startsWith('/') || path.includes('$')) return UNKNOWN;
  return { kind: 'script', path, extensions: interpreter.extensions };
}

/** The first word that is neither an option nor the value of one. */
function scriptOf(words: readonly string[], { withValue, without }: Interpreter): string | null {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (without.includes(word)) return null;
    if (word === '--') return words[index + 1] ?? null;
    if (withValue.includes(word)) index += 1;
    else if (!word.startsWith('-')) return word;
  }
  return null;
}
