import {
  DockerfileParser,
  type From,
  type Instruction,
  type Dockerfile as ParsedDockerfile,
} from 'dockerfile-ast';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import type { Dockerfile, DockerInstruction, DockerStage } from './dockerfile';

/** The parser looks at all of them for each of some. */
const MOST_INSTRUCTIONS = 2_000;
const MOST_IMAGE_CHARACTERS = 2_000;

/**
 * Reads a Dockerfile. Comments in it have no effect, whatever they ask to be ignored.
 * @throws UnreadableFile where it builds nothing
 */
export function readDockerfile(text: string): Dockerfile {
  const parsed = parse(text);
  const stages: (DockerStage & { name: string | null })[] = [];
  let instructions: DockerInstruction[] = [];
  const parsedInstructions = parsed.getInstructions();
  if (parsedInstructions.length > MOST_INSTRUCTIONS)
    throw new UnreadableFile(`it has more than ${MOST_INSTRUCTIONS} instructions`);
  for (const instruction of parsedInstructions) {
    if (instruction.getKeyword() === 'FROM') {
      instructions = [];
      stages.push(stageOf(instruction as From, parsed, { stages, instructions }));
    } else instructions.push(instructionOf(instruction));
  }
  if (stages.length === 0) throw new UnreadableFile('it has no FROM, so it builds nothing');
  return { stages };
}

function parse(text: string): ParsedDockerfile {
  try {
    return DockerfileParser.parse(text);
  } catch {
    throw new UnreadableFile('it cannot be parsed as a Dockerfile');
  }
}

interface Before {
  readonly stages: readonly { readonly name: string | null }[];
  readonly instructions: readonly DockerInstruction[];
}

function stageOf(
  from: From,
  parsed: ParsedDockerfile,
  { stages, instructions }: Before,
): DockerStage & { name: string | null } {
  const written = from.getImage() ?? '';
  const named = stages.findLastIndex(({ name }) => name === written.toLowerCase());
  return {
    line: lineOf(from),
    name: from.getBuildStage()?.toLowerCase() ?? null,
    image: withDefaults(written, parsed),
    base: named === -1 ? null : named,
    instructions,
  };
}

const VARIABLE =
  /\$(?:(?<plain>[A-Za-z_]\w{0,100})|\{(?<braced>[A-Za-z_]\w{0,100})(?::?-(?<otherwise>[^}]{0,500}))?\})/g;

/** Build arguments before the first FROM, as they are when nobody sets them. */
function withDefaults(image: string, parsed: ParsedDockerfile): string | null {
  if (image.length > MOST_IMAGE_CHARACTERS) return null;
  let replaced = image;
  for (const { 0: written, groups = {} } of image.matchAll(VARIABLE)) {
    const { plain = '', braced = '', otherwise } = groups;
    const value = defaultOf(plain + braced, parsed) ?? otherwise;
    if (value === undefined) return null;
    replaced = replaced.replace(written, () => value);
  }
  return replaced.includes('$') ? null : replaced;
}

function defaultOf(name: string, parsed: ParsedDockerfile): string | undefined {
  const properties = parsed.getInitialARGs().map((argument) => argument.getProperty());
  const value = properties.findLast((property) => property?.getName() === name)?.getValue();
  return value ?? undefined;
}

function instructionOf(instruction: Instruction): DockerInstruction {
  const keyword = instruction.getKeyword();
  const text = instruction.getArgumentsContent() ?? '';
  if (keyword !== 'ONBUILD')
    return {
      keyword,
      line: lineOf(instruction),
      text,
      words: wordsOf(text, instruction),
      pairs: pairsOf(instruction),
      flags: flagsOf(instruction),
    };
  const [, trigger = '', rest = ''] = /^(\w{1,20})\s{1,100}([\s\S]*)$/.exec(text) ?? [];
  return {
    keyword: trigger.toUpperCase(),
    line: lineOf(instruction),
    text: rest,
    words: rest.split(/\s+/),
    pairs: [],
    flags: new Map(),
  };
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}

/** The list of strings that is written as JSON, or the words. */
function wordsOf(text: string, instruction: Instruction): readonly string[] {
  if (text.startsWith('[')) {
    try {
      const listed: unknown = JSON.parse(text);
      if (Array.isArray(listed)) return listed.filter((one) => typeof one === 'string');
    } catch {
      // Then it is a shell command that begins with a bracket.
    }
  }
  return instruction.getArguments().map((argument) => argument.getValue());
}

interface Property {
  getName(): string;
  getValue(): string | null;
}

function pairsOf(instruction: Instruction): DockerInstruction['pairs'] {
  if (!('getProperties' in instruction)) return [];
  const properties = (instruction as unknown as { getProperties(): Property[] }).getProperties();
  return properties.map((property) => ({ name: property.getName(), value: property.getValue() }));
}

function flagsOf(instruction: Instruction): ReadonlyMap<string, string> {
  if (!('getFlags' in instruction)) return new Map();
  const flags = (instruction as unknown as { getFlags(): Property[] }).getFlags();
  return new Map(flags.map((flag) => [flag.getName(), flag.getValue() ?? '']));
}
