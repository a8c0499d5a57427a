import { readText } from '../../inspection/read-text';
import type { Language } from './language-of';
import { parseDockerfile } from './parse-dockerfile';
import { parseJson, parseJsonLines, parseJsonWithComments } from './parse-json';
import { parseScript } from './parse-script';
import { parseTerraform } from './parse-terraform';
import { parseToml } from './parse-toml';
import { parseYaml } from './parse-yaml';
import type { SyntaxMistake } from './syntax-mistake';

export type Parsed =
  | { readonly kind: 'parsed'; readonly mistake: SyntaxMistake | null }
  | { readonly kind: 'too-large' };

/** @throws what a parser throws that has no answer; RangeError where it is nested too deeply */
export async function parseFile(
  file: string,
  path: string,
  { language, maxBytes }: { readonly language: Language; readonly maxBytes: number },
): Promise<Parsed> {
  const read = await readText(file, maxBytes);
  switch (read.kind) {
    case 'too-large':
      return read;
    case 'binary':
      return { kind: 'parsed', mistake: BINARY };
    case 'text':
      return { kind: 'parsed', mistake: await parseText(path, read.text, language) };
  }
}

const BINARY: SyntaxMistake = {
  rule: 'syntax/binary',
  title: 'holds binary content under the name of a text; name it after what it is',
  line: null,
};

async function parseText(
  path: string,
  text: string,
  language: Language,
): Promise<SyntaxMistake | null> {
  switch (language) {
    case 'javascript':
    case 'typescript':
      return parseScript(path, text);
    case 'json':
      return parseJson(text);
    case 'json-with-comments':
      return parseJsonWithComments(text);
    case 'json-lines':
      return parseJsonLines(text);
    case 'yaml':
      return parseYaml(text);
    case 'terraform':
      return parseTerraform(text);
    case 'dockerfile':
      return parseDockerfile(text);
    case 'toml':
      return parseToml(text);
  }
}
