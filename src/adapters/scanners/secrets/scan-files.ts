import type { CheckSubject } from '../../../ports/check-subject';
import type { ScanFile } from './scan-order';

/** What the environment of the configuration is called where a file would be named. */
const ENVIRONMENT = 'belay.yaml (env)';

/**
 * Every file, and the environment as if it were one. The largest come first, so that no thread is left with one of them
 * at the end.
 */
export function scanFiles({ inventory, facts }: CheckSubject): readonly ScanFile[] {
  const files = [...inventory.files]
    .sort((one, other) => other.bytes - one.bytes)
    .map(({ path, bytes, kind }) => ({ path, bytes, kind, text: null }));
  const variables = Object.entries(facts.env);
  if (variables.length === 0) return files;
  const text = variables.map(([name, value]) => `${name}=${value}\n`).join('');
  return [{ path: ENVIRONMENT, bytes: text.length, kind: 'text', text }, ...files];
}
