/** One entry of a layer on its way: its header, and its bytes, once. */
export interface LayerEntry extends AsyncIterable<Buffer> {
  readonly header: {
    readonly name: string;
    /** `file`, `link`, `symlink`, `directory`, `character-device`, …; null: something else. */
    readonly type?: string | null | undefined;
    /** Permission bits, with 0o4000 for setuid and 0o2000 for setgid. */
    readonly mode?: number | undefined;
    readonly linkname?: string | null | undefined;
    readonly size?: number | undefined;
  };
}
