import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BelayConfig } from '../../../src/config/belay-config';
import { parseConfig } from '../../../src/config/parse-config';
import type { ConfigProblem } from '../../../src/config/problem';
import { BelayError } from '../../../src/domain/errors';

export const ROOT = join(__dirname, '../../..');

export const SEED = readFileSync(join(ROOT, 'test/fixtures/config/seed-config.yaml'), 'utf8');

/** The smallest file that can be deployed. */
export const MINIMAL = `
service: shop
artifact: ./dist
run: [node, server.js]
listen: 8080
health: { path: /health }
`;

export function parse(text: string): BelayConfig {
  return parseConfig(text, { file: 'belay.yaml', folder: '/srv/shop' });
}

export function errorOf(action: () => unknown): BelayError {
  try {
    action();
  } catch (error) {
    if (error instanceof BelayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** What is wrong with the text, in the order of the file. */
export function problemsOf(text: string): readonly ConfigProblem[] {
  const error = errorOf(() => parse(text));
  expect(error.code).toBe('CONFIG_INVALID');
  return error.details['problems'] as readonly ConfigProblem[];
}

/** A text with exactly one problem. */
export interface Wrong {
  readonly what: string;
  readonly text: string;
  readonly line: number;
  readonly column?: number;
  readonly path?: string;
  readonly rule: RegExp;
  readonly suggestion?: string | RegExp;
}

export function expectRefusal({ text, line, ...expected }: Wrong): void {
  const [problem, ...others] = problemsOf(text);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: 'belay.yaml', line });
  expect(problem?.rule).toMatch(expected.rule);
  if (expected.column !== undefined) expect(problem?.column).toBe(expected.column);
  if (expected.path !== undefined) expect(problem?.path).toBe(expected.path);
  if (expected.suggestion !== undefined) {
    expect(problem?.suggestion).toMatch(expected.suggestion);
  }
}
