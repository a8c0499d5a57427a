import { isMap, isScalar } from 'yaml';
import type { Properties } from '../infrastructure/infrastructure-resource';
import { parseYaml, type ParsedYaml } from '../infrastructure/parse-yaml';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import { isProperties } from '../infrastructure/values';
import { INTRINSIC_TAGS } from './intrinsic-tags';

export interface Template {
  readonly content: Properties;
  /** The line of `Resources.Name` or `Parameters.Name`, from 1; null where it is not known. */
  readonly lineOf: (section: string, name: string) => number | null;
}

/**
 * A CloudFormation template in YAML or JSON, its intrinsic functions as `{ 'Fn::Sub': … }`, which is what tags stand for.
 * @throws UnreadableFile where it is not one
 */
export function parseTemplate(text: string): Template {
  const parsed = parseYaml({ text, what: 'a template', tags: INTRINSIC_TAGS });
  const { content } = parsed;
  if (!isProperties(content) || !isProperties(content['Resources']))
    throw new UnreadableFile('it is no template: it has no Resources');
  return { content, lineOf: (section, name) => lineOf(parsed, section, name) };
}

function lineOf({ document, lines }: ParsedYaml, section: string, name: string): number | null {
  const named = document.get(section, true);
  if (!isMap(named)) return null;
  const key = named.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key;
  const start = isScalar(key) ? key.range?.[0] : undefined;
  return start === undefined ? null : lines.linePos(start).line;
}
