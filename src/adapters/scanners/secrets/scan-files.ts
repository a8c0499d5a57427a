import type { CheckSubject } from '../../../ports/check-subject';
import type { ScanFile } from './scan-order';

/** What the environment and the command of the configuration are called where a file would be named. */
const ENVIRONMENT = 'belay.yaml (env)';
const COMMAND = 'belay.yaml (run)';

/**
 * Every file, and the environment and the command as if each were one. The largest come first, so that no thread is left with one of them
 * at the end.
 */
export function scanFiles({ inventory, facts }: CheckSubject): readonly ScanFile[] {
  const files = [...inventory.files]
    .sort((one, other) => other.bytes - one.bytes)
    .map(({ path, bytes, kind }) => ({ path, bytes, kind, text: null }));
  const variables = Object.entries(facts.env).map(([name, value]) => `${name}=${value}\n`);
  const command = (facts.command ?? []).join(' ');
  return [...inMemory(ENVIRONMENT, variables.join('')), ...inMemory(COMMAND, command), ...files];
}

function inMemory(path: string, text: string): readonly ScanFile[] {
  return text === '' ? [] : [{ path, bytes: text.length, kind: 'text', text }];
}
