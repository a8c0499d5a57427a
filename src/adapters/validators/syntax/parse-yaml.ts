import { parseAllDocuments } from 'yaml';
import { lineAt, type SyntaxMistake } from './syntax-mistake';

const RULE = 'syntax/yaml';
const DUPLICATE: Pick<SyntaxMistake, 'rule' | 'title'> = {
  rule: 'syntax/yaml-duplicate-key',
  title: 'has the same key twice in one mapping; one of the two values would be lost',
};
const INVALID: Pick<SyntaxMistake, 'rule' | 'title'> = {
  rule: RULE,
  title: 'is not valid YAML; correct it, or leave it out of what is deployed',
};
const BOMB: SyntaxMistake = {
  rule: 'syntax/yaml-aliases',
  title: 'has aliases that unfold without measure; write out what they stand for',
  line: null,
};

/** What an anchor and everything in it may be repeated; real files stay below a few hundred. */
const MOST_ALIASES = 10_000;

/** Any number of documents; tags of others (`!Ref`, `!vault`) are let pass. */
export function parseYaml(text: string): SyntaxMistake | null {
  const documents = parseAllDocuments(text, {
    uniqueKeys: true,
    merge: true,
    logLevel: 'silent',
    prettyErrors: false,
  });
  // An empty stream answers an object without documents.
  for (const document of Array.isArray(documents) ? documents : []) {
    const error = document.errors[0];
    if (error !== undefined) {
      const line = lineAt(text, error.pos[0]);
      return { ...(error.code === 'DUPLICATE_KEY' ? DUPLICATE : INVALID), line };
    }
    try {
      document.toJS({ maxAliasCount: MOST_ALIASES });
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return error instanceof ReferenceError ? BOMB : { ...INVALID, line: null };
    }
  }
  return null;
}
