/** One requirement or option, its continued lines joined, without comments and hashes. */
export interface RequirementLine {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** `sha256:…`, as written. */
  readonly hashes: readonly string[];
}

const LONGEST_LINE = 100_000;

export function readRequirementLines(text: string): readonly RequirementLine[] {
  const joined: { line: number; parts: string[] }[] = [];
  let isContinued = false;
  text.split('\n').forEach((raw, index) => {
    const written = raw.replace(/\r$/, '');
    const continues = written.endsWith('\\');
    const part = withoutComment(continues ? written.slice(0, -1) : written);
    const last = joined.at(-1);
    if (isContinued && last !== undefined) last.parts.push(part);
    else joined.push({ line: index + 1, parts: [part] });
    isContinued = continues;
  });
  return joined.flatMap(({ line, parts }) => {
    const whole = parts.join(' ').slice(0, LONGEST_LINE).trim();
    return whole.length === 0 ? [] : [{ line, ...withoutHashes(whole) }];
  });
}

/** A `#` begins a comment at the beginning or after a space; inside an address it is a fragment. */
function withoutComment(line: string): string {
  if (line.trimStart().startsWith('#')) return '';
  const at = [' #', '\t#'].map((mark) => line.indexOf(mark)).filter((index) => index >= 0);
  return at.length === 0 ? line : line.slice(0, Math.min(...at));
}

function withoutHashes(text: string): Omit<RequirementLine, 'line'> {
  const words = text.split(/\s/);
  const hashes: string[] = [];
  const others: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word.startsWith('--hash=')) hashes.push(word.slice('--hash='.length));
    else if (word === '--hash') hashes.push(words[(index += 1)] ?? '');
    else if (word !== '') others.push(word);
  }
  return { text: others.join(' '), hashes };
}
