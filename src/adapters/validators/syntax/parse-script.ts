import { parseSync } from 'oxc-parser';
import { lineAt, type SyntaxMistake } from './syntax-mistake';

type Dialect = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts';
type SourceType = 'module' | 'commonjs' | 'script';

/** Valid as soon as it is valid in one of the ways in which a file of its name can be meant. */
export function parseScript(path: string, text: string): SyntaxMistake | null {
  let first: number | null = null;
  for (const lang of dialectsOf(path)) {
    for (const sourceType of sourceTypesOf(path)) {
      const offset = mistakeAt(path, text, { lang, sourceType });
      if (offset === null) return null;
      first ??= offset;
    }
  }
  const isTyped = /\.[cm]?tsx?$/.test(path);
  return {
    rule: isTyped ? 'syntax/typescript' : 'syntax/javascript',
    title: `is not valid ${isTyped ? 'TypeScript' : 'JavaScript'}; correct it, or leave it out of what is deployed`,
    line: first === null ? null : lineAt(text, first),
  };
}

/** Plain `.js` files are often written with JSX, and bundlers take it. */
function dialectsOf(path: string): readonly Dialect[] {
  if (/\.d\.(?:[\w-]{1,40}\.)?[cm]?ts$/.test(path)) return ['dts'];
  if (/\.tsx$/.test(path)) return ['tsx'];
  if (/\.[cm]?ts$/.test(path)) return ['ts'];
  return path.endsWith('.jsx') ? ['jsx'] : ['js', 'jsx'];
}

function sourceTypesOf(path: string): readonly SourceType[] {
  if (/\.m[jt]s$/.test(path)) return ['module'];
  // In `.cts` imports are written and compiled to calls of require.
  return path.endsWith('.cjs') ? ['commonjs', 'script'] : ['module', 'commonjs', 'script'];
}

/** The offset of the first error; null: there is none. */
function mistakeAt(
  path: string,
  text: string,
  options: { readonly lang: Dialect; readonly sourceType: SourceType },
): number | null {
  const { errors } = parseSync(path, text, options);
  const error = errors.find(({ severity }) => (severity as string) === 'Error');
  return error === undefined ? null : (error.labels[0]?.start ?? 0);
}
