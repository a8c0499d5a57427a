import type { Inventory } from '../../../domain/checks/inventory';
import type { ArtifactManifest } from '../../../ports/artifact-store';
import type { CheckContext } from '../../../ports/check-subject';
import { compareEntry } from '../../compare-entry';
import { shownPath } from '../../inspection/inventory/shown-path';
import type { Problems } from '../../inspection/validation/problems';
import { strangers } from './strangers';

interface Comparing extends CheckContext {
  /** What was just read below the root: no byte is read twice. */
  readonly inventory: Inventory;
  readonly problems: Problems;
}

/** Every file of the manifest is there with the bytes that were stored. Answers how many could not be compared. */
export async function compareManifest(
  root: string,
  manifest: ArtifactManifest,
  { inventory, problems, signal, progress }: Comparing,
): Promise<number> {
  const { entries } = manifest;
  const justRead = new Map(inventory.files.map(({ path, sha256 }) => [path, sha256]));
  let unread = 0;
  for (const [done, entry] of entries.entries()) {
    signal.throwIfAborted();
    progress(done, entries.length);
    const difference = await compareEntry(root, entry, justRead.get(entry.path) ?? null);
    if (difference === null) continue;
    const path = shownPath(entry.path);
    if (difference.kind === 'unreadable') {
      unread += 1;
      problems.skip(path, 'it cannot be read');
    }
    problems.add({
      rule: `assets/manifest-${difference.kind}`,
      severity: 'critical',
      title: difference.title,
      location: { path, line: null },
    });
  }
  for (const path of await strangers(root, manifest)) problems.add(strangerAt(path));
  return unread;
}

/** Often something that an earlier instance wrote into its folder: worth knowing, and no reason to refuse. */
function strangerAt(path: string) {
  return {
    rule: 'assets/not-in-manifest',
    severity: 'medium',
    title: 'was put into the stored artifact afterwards',
    location: { path: shownPath(path), line: null },
  } as const;
}
