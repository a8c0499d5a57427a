/** What a Dockerfile builds, stage by stage. */
export interface Dockerfile {
  /** The last one is what ships. */
  readonly stages: readonly DockerStage[];
}

export interface DockerStage {
  /** From 1. */
  readonly line: number;
  /** What it starts from, its build arguments replaced by their defaults; null where one has none. */
  readonly image: string | null;
  /** The earlier stage that it starts from, by its place in the list; null: an image. */
  readonly base: number | null;
  readonly instructions: readonly DockerInstruction[];
}

export interface DockerInstruction {
  /** Upper case. Of `ONBUILD RUN …` it is `RUN`. */
  readonly keyword: string;
  /** From 1. */
  readonly line: number;
  /** Its arguments without comments and line continuations, the content of here-documents included. */
  readonly text: string;
  readonly words: readonly string[];
  /** Of ENV, ARG and LABEL; null: no value. */
  readonly pairs: readonly { readonly name: string; readonly value: string | null }[];
  /** Names of flags as they are written, such as `from`, `checksum`, `security`, and what they are set to. */
  readonly flags: ReadonlyMap<string, string>;
}
