import { UnreadableFile } from './unreadable-file';

/** Parsers recurse: a text of nothing but brackets would end them, and with them everything else they look at. */
const MOST_LEVELS = 200;

/** @throws UnreadableFile where brackets are nested more than 200 deep; brackets in strings count, which errs safely */
export function assertShallow(text: string): void {
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[' || character === '(') level += 1;
    else if ((character === '}' || character === ']' || character === ')') && level > 0) level -= 1;
    if (level > MOST_LEVELS) throw new UnreadableFile(`it is nested more than ${MOST_LEVELS} deep`);
  }
}
