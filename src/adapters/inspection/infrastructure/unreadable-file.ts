/** A file that could not be read as what it is. The message is a sentence of our own: it quotes nothing of the file. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** What to say about a file that broke its reader: never the message of a library, which may quote the file. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile) return error.message;
  return `it could not be read (${error instanceof Error ? error.name : 'unknown error'})`;
}
