import { isProperties } from '../infrastructure/values';
import type { Properties } from '../infrastructure/infrastructure-resource';
import { assertShallow } from '../infrastructure/nesting';
import { UnreadableFile } from '../infrastructure/unreadable-file';

/**
 * The blocks of a `.tf` or `.tf.json` file: `{ resource: { type: { name: [{ … }] } } }`. Expressions are not evaluated,
 * they stay as `${…}`.
 * @throws UnreadableFile where it is not Terraform
 */
export async function parseTerraform(path: string, text: string): Promise<Properties> {
  assertShallow(text);
  return path.endsWith('.json') ? parseJson(text) : parseHcl(text);
}

/** The value of one expression, whose own unknown parts stay as `${…}`; undefined where it cannot be read. */
export async function parseExpression(expression: string): Promise<unknown> {
  try {
    return (await parseHcl(`value = ${expression}\n`))['value'];
  } catch {
    return undefined;
  }
}

async function parseHcl(text: string): Promise<Properties> {
  const { parse } = await import('@cdktn/hcl2json');
  try {
    return (await parse('file.tf', text)) as Properties;
  } catch (error) {
    throw new UnreadableFile(`it cannot be parsed as Terraform${placeOf(error)}`);
  }
}

/** The parser's message names the place and then quotes the file: only the number is taken. */
function placeOf(error: unknown): string {
  const message =
    isProperties(error) || error instanceof Error ? Reflect.get(error, 'message') : '';
  const line = typeof message === 'string' ? /\[file\.tf:(\d{1,7}),/.exec(message)?.[1] : undefined;
  return line === undefined ? '' : `, line ${line}`;
}

function parseJson(text: string): Properties {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isProperties(parsed)) return parsed;
  } catch {
    // Said below, without the message: it quotes the text.
  }
  throw new UnreadableFile('it cannot be parsed as Terraform in JSON');
}
