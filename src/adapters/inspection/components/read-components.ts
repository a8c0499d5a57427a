import type { Component } from '../../../domain/checks/component';
import type { ScannerName } from '../../../domain/checks/catalog';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import { isInstalledPackage } from '../lockfiles/installed-packages';
import { isInsideInstalled, lockfileKind } from '../lockfiles/lockfile-kind';
import type { Lockfile } from '../lockfiles/lockfile';
import { manifestKind, type Manifest } from '../lockfiles/manifest';
import type { LockfileOrder, LockfilesRead } from '../lockfiles/read-lockfiles';
import { runThread } from '../run-thread';
import { threadFile } from '../thread-options';
import { skippedLockfiles } from './skipped-lockfiles';
import { withoutRepeats } from './without-repeats';

/** Every component that the tree's lockfiles name or that lies installed in it, and what could not be read. */
export interface ComponentsRead {
  readonly components: readonly Component[];
  /** Lockfiles, and entries of lockfiles, without an answer. */
  readonly skipped: readonly SkippedTarget[];
  /** Manifests that cannot be parsed. */
  readonly strangeManifests: readonly SkippedTarget[];
  readonly lockfiles: readonly Lockfile[];
  readonly manifests: readonly Manifest[];
  /** Paths of lockfiles of every kind, also of those that are not read. */
  readonly lockfilePaths: readonly string[];
  /** Set where the reading itself broke or took too long. */
  readonly broken: { readonly status: 'failed' | 'timed-out'; readonly reason: string } | null;
}

const NOTHING = {
  components: [],
  skipped: [],
  strangeManifests: [],
  lockfiles: [],
  manifests: [],
} as const;

const TIMEOUT_MS = 120_000;

/** Reads them in a thread; nothing but the named files of the inventory is opened. `scanner`: who asks, for its tools. */
export async function readComponents(
  subject: CheckSubject,
  { signal, progress }: CheckContext,
  scanner: ScannerName = 'vulnerabilities',
): Promise<ComponentsRead> {
  const paths = subject.inventory.files.map(({ path }) => path);
  const lockfilePaths = paths.filter((path) => lockfileKind(path) !== null);
  const manifests = paths.filter((path) => manifestKind(path) !== null && !isInsideInstalled(path));
  const readable = lockfilePaths.filter((path) => lockfileKind(path)?.kind !== 'unread');
  const installed = paths.filter(isInstalledPackage);
  const order: LockfileOrder = { root: subject.root, lockfiles: readable, manifests, installed };
  const end =
    readable.length + manifests.length + installed.length === 0
      ? { kind: 'result' as const, result: { lockfiles: [], manifests: [], unreadable: [] } }
      : await runThread<LockfilesRead>({
          file: threadFile(`${__dirname}/../lockfiles`, 'lockfiles-thread'),
          data: order,
          timeoutMs: TIMEOUT_MS,
          signal,
          progress,
        });
  if (end.kind !== 'result') {
    const broken = { status: end.kind, reason: `the lockfiles could not be read: ${end.reason}` };
    return { ...NOTHING, lockfilePaths, broken };
  }
  const { lockfiles, unreadable } = end.result;
  return {
    components: withoutRepeats(lockfiles),
    strangeManifests: unreadable
      .filter(({ path }) => manifestKind(path) !== null && !isInsideInstalled(path))
      .map(({ path, reason }) => ({ target: path, reason, allowed: false })),
    skipped: skippedLockfiles({ subject, scanner, lockfilePaths, lockfiles, unreadable }),
    lockfiles,
    manifests: end.result.manifests,
    lockfilePaths,
    broken: null,
  };
}
