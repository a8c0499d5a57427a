import { isSpdx } from '../../inspection/components/licence-terms';

export type LicenceVerdict = 'permitted' | 'refused' | 'unknown';

const DEEPEST = 20;

/**
 * Whether a licence expression can be met with permitted licences only: one branch of an OR is enough, all of an AND are
 * needed. Unknown where it is no SPDX expression (`UNLICENSED`, `SEE LICENSE IN …`). Its size bounds the work: branches are
 * judged one by one, never multiplied out.
 */
export function judgeLicence(
  expression: string,
  isPermitted: (licence: string) => boolean,
): LicenceVerdict {
  if (!isSpdx(expression)) return 'unknown';
  const words = expression.replace(/[()]/g, ' $& ').split(/\s+/).filter(Boolean);
  const verdict = new Reader(words, isPermitted).read();
  if (verdict === null) return 'unknown';
  return verdict ? 'permitted' : 'refused';
}

/** AND binds more tightly than OR. Null: the words do not fit together. */
class Reader {
  private at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly isPermitted: (licence: string) => boolean,
  ) {}

  read(): boolean | null {
    const verdict = this.any(0);
    return this.at === this.words.length ? verdict : null;
  }

  private any(depth: number): boolean | null {
    let verdict = this.all(depth);
    while (verdict !== null && this.take('OR')) {
      const other = this.all(depth);
      verdict = other === null ? null : verdict || other;
    }
    return verdict;
  }

  private all(depth: number): boolean | null {
    let verdict = this.one(depth);
    while (verdict !== null && this.take('AND')) {
      const other = this.one(depth);
      verdict = other === null ? null : verdict && other;
    }
    return verdict;
  }

  private one(depth: number): boolean | null {
    if (depth > DEEPEST) return null;
    if (this.take('(')) {
      const verdict = this.any(depth + 1);
      return this.take(')') ? verdict : null;
    }
    const licence = this.words[this.at];
    if (licence === undefined || /^(?:AND|OR|WITH|[()])$/.test(licence)) return null;
    this.at += 1;
    if (!this.take('WITH')) return this.isPermitted(licence);
    const exception = this.words[this.at];
    if (exception === undefined) return null;
    this.at += 1;
    return this.isPermitted(`${licence} WITH ${exception}`);
  }

  private take(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at += 1;
    return true;
  }
}
