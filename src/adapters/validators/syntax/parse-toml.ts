import { parse, TomlError } from 'smol-toml';
import type { SyntaxMistake } from './syntax-mistake';

/** @throws RangeError where it is nested too deeply */
export function parseToml(text: string): SyntaxMistake | null {
  try {
    parse(text);
    return null;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return {
      rule: 'syntax/toml',
      title: 'is not valid TOML; correct it, or leave it out of what is deployed',
      line: error instanceof TomlError ? error.line : null,
    };
  }
}
