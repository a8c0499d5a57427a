import { z } from 'zod';
import type { Mistake } from './words';

const LONGEST = 2_048;

interface AddressRules {
  /** Whether something may stand behind a `?`. */
  readonly query: boolean;
  /** Where a secret goes that was written into the address. */
  readonly secretKey: string;
}

/** An address that reports may name: `http` or `https`, and nothing in it that proves who asks. */
export function address(rules: AddressRules): z.ZodType<string> {
  return z
    .string()
    .trim()
    .max(LONGEST)
    .superRefine((text, context) => {
      const issue = addressIssue(text, rules);
      if (issue !== null) context.addIssue({ code: 'custom', ...issue });
    });
}

/** The name of a secret; its value is a file of the home. */
export const secretName = z
  .string()
  .max(128)
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'must be the name of a secret (letters, digits, underscores); its value is a file of the home',
  );

/** Says what is wrong without repeating the address: there may be a secret in it. */
function addressIssue(text: string, { query, secretKey }: AddressRules): Mistake | null {
  const url = parsed(text);
  if (url === null) return { message: 'must be an address with `https://` or `http://`' };
  if (url.username !== '' || url.password !== '') return credentials(secretKey);
  if (!query && (url.search !== '' || url.hash !== '')) return NO_QUERY;
  if ([...url.searchParams.keys()].some(isSecretWord)) return secretInQuery(secretKey);
  return null;
}

function parsed(text: string): URL | null {
  if (!/^https?:\/\//i.test(text) || /[\s\p{Cc}\\]/u.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const SECRET_WORD = /token|secret|passw|credential|api[-_]?key|^key$|^sig$|signature|^auth/i;

function isSecretWord(word: string): boolean {
  return SECRET_WORD.test(word);
}

function credentials(secretKey: string): Mistake {
  return {
    message: 'holds a name or a password, and reports name the address',
    params: { suggestion: `Remove what stands before the \`@\`; ${wayOut(secretKey)}.` },
  };
}

function secretInQuery(secretKey: string): Mistake {
  return {
    message: 'holds a secret behind its `?`, and reports name the address',
    params: { suggestion: `Remove it from the address; ${wayOut(secretKey)}.` },
  };
}

function wayOut(secretKey: string): string {
  return `\`${secretKey}: NAME\` names a secret whose value is the file \`secrets/NAME\` of the home`;
}

const NO_QUERY: Mistake = {
  message: 'goes on behind its path, where Belay adds a query of its own',
  params: { suggestion: 'Write it without what begins with `?` or `#`.' },
};
