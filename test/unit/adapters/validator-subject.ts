import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeInventory } from '../../../src/adapters/inspection/inventory/take-inventory';
import type { ValidatorReport } from '../../../src/domain/checks/validation';
import type { CheckContext, CheckSubject } from '../../../src/ports/check-subject';
import type { Validator } from '../../../src/ports/validator';
import { FACTS, POLICY } from '../../support/check-tools';

export type Files = Readonly<Record<string, string>>;

export async function put(root: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

export function quietContext(): CheckContext {
  return { signal: new AbortController().signal, progress: () => undefined };
}

export async function subjectOf(
  root: string,
  parts: Partial<CheckSubject> = {},
): Promise<CheckSubject> {
  const inventory = await takeInventory(root, quietContext());
  return { root, inventory, artifact: null, policy: POLICY, facts: FACTS, ...parts };
}

/** What it says about a folder as it lies there now. */
export async function reportOn(
  validator: Validator,
  root: string,
  parts: Partial<CheckSubject> = {},
): Promise<ValidatorReport> {
  return validator.validate(await subjectOf(root, parts), quietContext());
}

/** `path:line rule severity` of each problem. */
export function linesOf({ problems }: ValidatorReport): readonly string[] {
  return problems.map(({ rule, severity, location }) => {
    const line = location?.line ?? null;
    return `${location?.path ?? '-'}${line === null ? '' : `:${line}`} ${rule} ${severity}`;
  });
}
