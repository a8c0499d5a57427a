import { fileFinding, type DependencyRule } from './rule';

const MOST_LINES = 100;

/** Entries without a version of a registry: git, folders and addresses in lockfiles that do not say what they hold. */
export const unnamedRule: DependencyRule = ({ lockfiles }) =>
  lockfiles.flatMap(({ path, unnamed }) =>
    unnamed.slice(0, MOST_LINES).map(({ line, why }, index) =>
      fileFinding(
        { path, line, parts: [why, String(index)] },
        {
          rule: 'no-registry-version',
          severity: 'medium',
          title:
            why === 'no-name'
              ? 'an entry does not name a package'
              : 'an entry has no version in a registry, so no advisory speaks of it',
          fix: `Lock a published version instead (in ${path}).`,
        },
      ),
    ),
  );
