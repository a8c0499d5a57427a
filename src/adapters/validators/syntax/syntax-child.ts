import { child } from '../../inspection/child/child';
import type { Language } from './language-of';
import { parseFile, type Parsed } from './parse-file';

/** The language of each path, and how large a file of that language may be. */
export interface SyntaxSetup {
  readonly languages: Readonly<Record<string, Language>>;
  readonly maxBytes: Readonly<Record<Language, number>>;
}

child<SyntaxSetup>(({ languages, maxBytes }) => (file, path): Promise<Parsed> => {
  const language = languages[path];
  if (language === undefined) throw new Error('Nobody asked for this file.');
  return parseFile(file, path, { language, maxBytes: maxBytes[language] });
});
