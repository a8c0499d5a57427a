import { errorCode } from '../../error-code';
import { UnreadableFile } from '../../inspection/infrastructure/unreadable-file';
import { readText } from '../../inspection/read-text';

/**
 * The text of a target.
 * @throws UnreadableFile where it is no text, too large or cannot be read
 */
export async function readTarget(path: string, maxBytes: number): Promise<string> {
  const content = await readText(path, maxBytes).catch((error: unknown) => {
    throw new UnreadableFile(`it could not be read (${errorCode(error) ?? 'unknown error'})`);
  });
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'binary':
      throw new UnreadableFile('it is binary, and its name says that it is text');
    case 'too-large':
      throw new UnreadableFile(`it is larger than ${maxBytes} bytes`);
  }
}
