import type { ScannerName } from '../../../domain/checks/catalog';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import type { CheckSubject } from '../../../ports/check-subject';
import { isInsideInstalled, lockfileKind } from '../lockfiles/lockfile-kind';
import type { Lockfile, UnnamedEntry } from '../lockfiles/lockfile';

interface Looked {
  readonly subject: CheckSubject;
  readonly scanner: ScannerName;
  readonly lockfilePaths: readonly string[];
  readonly lockfiles: readonly Lockfile[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const MOST_ENTRIES = 200;

/** What no answer can be given about: each is a hole, except what comes from no registry at all. */
export function skippedLockfiles({
  subject,
  scanner,
  lockfilePaths,
  lockfiles,
  unreadable,
}: Looked): readonly SkippedTarget[] {
  const isLockfile = new Set(lockfilePaths);
  return [
    ...lockfilePaths.flatMap((path) => unread(path, subject, scanner)),
    ...unreadable
      .filter(({ path }) => isLockfile.has(path) || isInsideInstalled(path))
      .map(({ path, reason }) => ({ target: path, reason, allowed: false })),
    ...lockfiles.flatMap(holesOf),
  ];
}

function unread(
  path: string,
  { policy }: CheckSubject,
  scanner: ScannerName,
): readonly SkippedTarget[] {
  const kind = lockfileKind(path);
  if (kind?.kind !== 'unread') return [];
  // A tool that need not answer may never have run: then nobody has read it.
  const isAnswered = policy.tools.some((tool) => tool.scanner === scanner && tool.required);
  const reason = isAnswered
    ? `this version does not read the lockfiles of ${kind.tool}; the tool that the configuration names for ${scanner} answers for them`
    : `this version does not read the lockfiles of ${kind.tool}; name a required tool that does (osv-scanner, for example) under security.tools`;
  return [{ target: path, reason, allowed: isAnswered }];
}

const HOLES = {
  'no-version': {
    reason: 'it has no version in a registry, so no advisory speaks of it',
    allowed: true,
  },
  'broken-version': { reason: 'it has no version that can be asked about', allowed: false },
  'no-name': { reason: 'it does not name a package', allowed: false },
} as const satisfies Record<UnnamedEntry['why'], Omit<SkippedTarget, 'target'>>;

function holesOf({ path, kind, unnamed, loose, components }: Lockfile): readonly SkippedTarget[] {
  const entries = unnamed.slice(0, MOST_ENTRIES).map(({ line, why }): SkippedTarget => {
    const target = line === null ? path : `${path}:${line}`;
    return { target, ...HOLES[why] };
  });
  // Without a single pin it is a wish list, no lockfile; the dependencies scanner says so.
  if (kind !== 'requirements' || components.length === 0) return entries;
  const unknown = loose
    .filter(({ why }) => why === 'unpinned' || why === 'unreadable')
    .slice(0, MOST_ENTRIES)
    .map(({ line }) => ({
      target: `${path}:${line}`,
      reason: 'it is not pinned to one version, so there is nothing to ask about',
      allowed: false,
    }));
  return [...entries, ...unknown];
}
