import { DockerfileParser } from 'dockerfile-ast';
import type { SyntaxMistake } from './syntax-mistake';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

const RULE = 'syntax/dockerfile';

export function parseDockerfile(text: string): SyntaxMistake | null {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const stranger = instructions.find((one) => !KEYWORDS.has(one.getKeyword()));
  if (stranger !== undefined) {
    const line = stranger.getRange().start.line + 1;
    return { rule: RULE, title: 'has an instruction that builders do not know', line };
  }
  const first = instructions.find((one) => one.getKeyword() !== 'ARG');
  if (first === undefined) return { rule: RULE, title: 'starts from no image', line: null };
  if (first.getKeyword() !== 'FROM') {
    const line = first.getRange().start.line + 1;
    return { rule: RULE, title: 'has an instruction before its first FROM', line };
  }
  const bare = instructions.find((one) => (one.getArgumentsContent() ?? '').trim() === '');
  if (bare === undefined) return null;
  const line = bare.getRange().start.line + 1;
  return { rule: RULE, title: 'has an instruction without an argument', line };
}
