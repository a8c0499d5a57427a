import { readNpmLockfile } from '../../inspection/lockfiles/npm-lockfile';
import { findAll } from './find-all';

/** A lockfile that exists only here: over plain http, without integrity, with a script. */
const BAD_LOCKFILE = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'probe', dependencies: { probe: '^1.0.0' } },
    'node_modules/probe': {
      version: '1.0.0',
      resolved: 'http://registry.invalid/probe/-/probe-1.0.0.tgz',
      hasInstallScript: true,
    },
  },
});

const EXPECTED = ['insecure-source', 'no-integrity', 'install-script'];
const NO_LISTS = {
  allowedLicences: [],
  deniedLicences: [],
  allowedInstallScripts: [],
  allowedHosts: [],
};

/** Whether reader and rules still see what they must see. */
export function findsProbe(): 'hit' | 'miss' {
  const answer = readNpmLockfile({ path: 'package-lock.json', text: BAD_LOCKFILE }, 'npm');
  if (answer.kind === 'malformed') return 'miss';
  const { lockfile } = answer;
  const read = {
    components: lockfile.components,
    lockfiles: [lockfile],
    manifests: [],
    lockfilePaths: [lockfile.path],
  };
  const found = new Set(findAll(read, NO_LISTS).map(({ ruleId }) => ruleId));
  return EXPECTED.every((rule) => found.has(`dependencies/${rule}`)) ? 'hit' : 'miss';
}
