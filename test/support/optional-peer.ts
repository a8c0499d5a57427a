/* eslint-disable jest/no-disabled-tests, jest/expect-expect, jest/valid-title, jest/valid-describe-callback -- This is what the
   rules are about: a test that is left out where a program is missing, and named so that it is counted. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface OptionalPeer {
  readonly name: string;
  readonly programs: readonly string[];
  /** How to get it. */
  readonly from: string;
}

export const PROMETHEUS: OptionalPeer = {
  name: 'Prometheus',
  programs: ['prometheus', 'promtool'],
  from: 'apt-get install prometheus',
};

/** Tests that need a program of somebody else's: without it one test is skipped by name, or fails where `CI=true`. */
export function describeWith(peer: OptionalPeer, name: string, tests: () => void): void {
  const missing = peer.programs.filter((program) => !isOnPath(program));
  if (missing.length === 0) {
    describe(name, tests);
    return;
  }
  const say = `${name}: needs ${peer.name} (${peer.from})`;
  const fail = (): void => {
    throw new Error(`${missing.join(' and ')} not on PATH: ${peer.from}`);
  };
  if (process.env['CI'] === 'true') test(say, fail);
  else test.skip(say, fail);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
