import { redactSecrets } from '../../run-command/redact-secrets';
import { cleanText } from '../clean-text';
import { listOf, numberOf, objectOf, textOf, type Json } from '../json-value';

export interface SarifRule {
  /** As the tool calls it, in one bounded word. */
  readonly id: string;
  readonly title: string;
  /** The rule's own entry; null where the report does not describe it. */
  readonly descriptor: Json | null;
}

const LONGEST_ID = 200;
const LONGEST_TITLE = 200;
const hideSecrets = redactSecrets([]);

/**
 * The rule of a result, and its name as the tool's authors wrote it. Never the result's message: tools quote there what
 * they found.
 */
export function ruleOf(result: Json, run: Json): SarifRule {
  const reference = objectOf(result['rule']);
  const index = numberOf(result['ruleIndex']) ?? numberOf(reference?.['index']);
  const named = textOf(result['ruleId']) ?? textOf(reference?.['id']);
  const descriptor = descriptorOf(run, reference, { index, id: named });
  const id = idOf(named ?? textOf(descriptor?.['id']) ?? 'unknown-rule');
  return { id, title: titleOf(descriptor) ?? id, descriptor };
}

interface Wanted {
  readonly index: number | null;
  readonly id: string | null;
}

/** By its place; by its id where it has none. A result may name `rule/part` of a rule that is described as `rule`. */
function descriptorOf(run: Json, reference: Json | null, { index, id }: Wanted): Json | null {
  const rules = (listOf(componentOf(run, reference)?.['rules']) ?? []).map(objectOf);
  const placed = index === null ? null : (rules[index] ?? null);
  if (placed !== null) return placed;
  const ids = id === null ? [] : [id, id.replace(/\/[^/]*$/, '')];
  return rules.find((rule) => ids.includes(textOf(rule?.['id']) ?? '')) ?? null;
}

function componentOf(run: Json, reference: Json | null): Json | null {
  const tool = objectOf(run['tool']);
  const extension = numberOf(objectOf(reference?.['toolComponent'])?.['index']);
  return objectOf(
    extension === null ? tool?.['driver'] : listOf(tool?.['extensions'])?.[extension],
  );
}

function idOf(text: string): string {
  const id = cleanText(hideSecrets(text), LONGEST_ID).replace(/[^\w.:/@+[\]-]/g, '-');
  return id === '' ? 'unknown-rule' : id;
}

function titleOf(descriptor: Json | null): string | null {
  const texts = [
    textOf(objectOf(descriptor?.['shortDescription'])?.['text']),
    textOf(descriptor?.['name']),
  ];
  const titles = texts.map((text) => cleanText(hideSecrets(text ?? ''), LONGEST_TITLE));
  return titles.find((title) => title !== '') ?? null;
}
