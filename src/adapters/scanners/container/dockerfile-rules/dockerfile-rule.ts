import type { FindingSeverity } from '../../../../domain/checks/severity';
import type { Dockerfile, DockerInstruction } from '../../../inspection/dockerfile/dockerfile';

/** What a rule found: a whole file, or one instruction. */
export interface Breach {
  /** From 1; null: something is missing in the file as a whole. */
  readonly line: number | null;
  /** What the problem is known by when its line moves. It may hold secrets, and is never shown. */
  readonly text: string;
  /** Names that are shown, such as variables'. Never values. */
  readonly names?: readonly string[];
}

export interface DockerfileRule {
  /** `dockerfile/…`; stable over versions. */
  readonly id: string;
  readonly severity: FindingSeverity;
  /** A sentence without its full stop; names are appended. */
  readonly title: string;
  /** An imperative sentence. */
  readonly fix: string;
  readonly breaches: (dockerfile: Dockerfile) => readonly Breach[];
}

export function allInstructions({ stages }: Dockerfile): readonly DockerInstruction[] {
  return stages.flatMap(({ instructions }) => instructions);
}

/** A rule about each instruction of some kinds, in every stage: what a build does with a network and keys counts, too. */
export function eachOf(
  keywords: readonly string[],
  test: (instruction: DockerInstruction) => boolean,
): DockerfileRule['breaches'] {
  return (dockerfile) =>
    allInstructions(dockerfile)
      .filter((instruction) => keywords.includes(instruction.keyword) && test(instruction))
      .map(({ line, text }) => ({ line, text }));
}
