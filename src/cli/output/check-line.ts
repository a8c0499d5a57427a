import { mark, plain, type Style } from './style';

/** One thing that Belay needs, and how it stands. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** How to mend it; null where nothing is to be done. */
  readonly mend: string | null;
}

export function checkLine({ name, ok, detail, mend }: Check, style: Style): readonly string[] {
  const head = `${mark(ok ? 'done' : 'failed', style)} ${name.padEnd(20)} ${plain(detail)}`;
  return mend === null ? [head] : [head, `    mend: ${mend}`];
}
