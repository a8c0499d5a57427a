import type { z } from 'zod';
import { nearestWord } from '../domain/format/nearest-word';
import type { PathSegment } from './problem';
import { keysAt, schemaKeys } from './schema-keys';

/** One problem of the content, not yet placed in the file. */
export interface Explanation {
  readonly path: readonly PathSegment[];
  /** Whether the key itself is wrong, or its value. */
  readonly part: 'key' | 'value';
  readonly rule: string;
  readonly suggestion: string | null;
  /** The key that an unknown one was probably meant to be. */
  readonly meant?: string;
}

type Issue = z.core.$ZodIssue;

/** What zod found, in the words of the file. `value` is the whole file as plain data. */
export function explainIssue(issue: Issue, schema: unknown, value: unknown): Explanation[] {
  const path = issue.path.map((segment) =>
    typeof segment === 'number' ? segment : String(segment),
  );
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, schema));
    case 'invalid_union':
      return explainUnion(issue, schema, value);
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({
        path,
        part: 'key',
        rule: message,
        suggestion: null,
      }));
    default:
      return [{ path, part: 'value', ...explainValue(issue, valueAt(value, path)) }];
  }
}

function unknownKey(key: string, path: readonly PathSegment[], schema: unknown): Explanation {
  const here = keysAt(schema, path);
  const near = nearestWord(key, here);
  const homes = schemaKeys(schema).filter((known) => known.key === key);
  const place = {
    path: [...path, key],
    part: 'key',
    rule: 'is not a key that Belay knows here',
  } as const;
  if (near !== null) return { ...place, suggestion: `Did you mean \`${near}\`?`, meant: near };
  if (homes.length > 0) return { ...place, suggestion: homeSentence(key, homes) };
  return { ...place, suggestion: `Known here: ${here.map((word) => `\`${word}\``).join(', ')}.` };
}

function homeSentence(key: string, homes: readonly { readonly parent: string }[]): string {
  const parents = [...new Set(homes.map(({ parent }) => parent))];
  const places = parents.map((parent) => (parent === '' ? 'the top of the file' : `\`${parent}\``));
  return `\`${key}\` belongs under ${places.join(' or ')}.`;
}

/** The branch that the author had in mind is the one whose outermost type fits; else all types are named. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  schema: unknown,
  value: unknown,
): Explanation[] {
  const path = issue.path.map((segment) =>
    typeof segment === 'number' ? segment : String(segment),
  );
  const meant = issue.errors.find((branch) => !branch.some(isOutermostType));
  if (meant) {
    return meant.flatMap((inner) =>
      explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema, value),
    );
  }
  const given = valueAt(value, path);
  const kinds = issue.errors.flatMap((branch) => branch.filter(isOutermostType));
  const expected =
    kinds.length > 0
      ? [...new Set(kinds.map((kind) => kindName(kind.expected)))].join(' or ')
      : optionsOf(issue);
  return [
    { path, part: 'value', rule: `must be ${expected}, not ${kindOf(given)}`, suggestion: null },
  ];
}

function optionsOf(issue: object): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return listed(options.map(String));
}

function isOutermostType(issue: Issue): issue is Extract<Issue, { code: 'invalid_type' }> {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

type Said = Pick<Explanation, 'rule' | 'suggestion'>;

function explainValue(issue: Issue, given: unknown): Said {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, given);
    case 'invalid_value':
      return wrongWord(issue.values.map(String), given);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return { rule: `must be at most ${measure(issue.maximum, issue.origin)}`, suggestion: null };
    case 'custom':
      return { rule: issue.message, suggestion: suggestionOf(issue.params) };
    default:
      return { rule: issue.message, suggestion: null };
  }
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): Said {
  const { minimum, inclusive, origin } = issue;
  if (origin === 'array' || origin === 'string')
    return { rule: 'must not be empty', suggestion: null };
  const rule = inclusive === false ? `must be above ${minimum}` : `must be at least ${minimum}`;
  return { rule, suggestion: null };
}

function measure(limit: number | bigint, origin: string): string {
  const units: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' };
  return `${limit}${units[origin] ?? ''}`;
}

function suggestionOf(params: Record<string, unknown> | undefined): string | null {
  const suggestion = params?.['suggestion'];
  return typeof suggestion === 'string' ? suggestion : null;
}

function wrongWord(allowed: readonly string[], given: unknown): Said {
  const near = typeof given === 'string' ? nearestWord(given, allowed) : null;
  return {
    rule: `must be ${listed(allowed)}, not ${kindOf(given)}`,
    suggestion: near === null ? null : `Did you mean \`${near}\`?`,
  };
}

function wrongType(expected: string, given: unknown): Said {
  if (given === undefined) {
    return { rule: 'is missing', suggestion: `It must be ${kindName(expected)}.` };
  }
  return {
    rule: `must be ${kindName(expected)}, not ${kindOf(given)}`,
    suggestion: conversion(expected, given),
  };
}

/** The value that somebody meant who wrote it as another type. */
function conversion(expected: string, given: unknown): string | null {
  if (expected === 'array' && typeof given === 'string') {
    return `Write a list: \`[${given.trim().split(/\s+/).join(', ')}]\`.`;
  }
  if (typeof given !== 'string') return null;
  if (expected === 'boolean') return yesOrNo(given);
  if (expected !== 'number' && expected !== 'int') return null;
  return plainNumber(given);
}

function yesOrNo(given: string): string | null {
  if (/^(yes|on|true)$/i.test(given)) return 'Write `true`.';
  return /^(no|off|false)$/i.test(given) ? 'Write `false`.' : null;
}

const SECONDS_IN: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
};

function plainNumber(given: string): string | null {
  const [, digits, unit] = /^\s*(-?\d+(?:\.\d+)?)\s*(%|ms|s|m|min|h|d)?\s*$/.exec(given) ?? [];
  if (digits === undefined) return null;
  if (unit === undefined || unit === '%') return `Write \`${digits}\`, without quotes or a sign.`;
  return `Durations are numbers of seconds: write \`${Number(digits) * (SECONDS_IN[unit] ?? 1)}\`.`;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a mapping',
  record: 'a mapping',
  string: 'text',
};

function kindName(expected: string): string {
  return KIND_NAMES[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `"${shortened(value)}"` : JSON.stringify(value);
}

function shortened(value: string): string {
  return value.length <= 60 ? value : `${value.slice(0, 59)}…`;
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' or ');
}

function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>(
    (inner, segment) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<PathSegment, unknown>)[segment]
        : undefined,
    value,
  );
}
