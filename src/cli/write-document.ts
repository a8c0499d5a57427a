import { writeFile } from 'node:fs/promises';
import { BelayError } from '../domain/errors';

/** @throws BelayError `USAGE` where the file cannot be written */
export async function writeDocument(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const { code = 'unknown error' } = cause as { readonly code?: string };
    throw new BelayError(
      'USAGE',
      `${path} cannot be written (${code}). The checks were made; traffic stays as it is.`,
      { next: 'Name a file in a folder that is there and may be written.', cause },
    );
  }
}
