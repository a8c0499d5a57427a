import type { ArtifactManifest } from '../../../ports/artifact-store';
import type { CheckContext } from '../../../ports/check-subject';
import { compareEntry } from '../../compare-entry';
import { shownPath } from '../../inspection/inventory/shown-path';
import type { Problems } from '../../inspection/validation/problems';
import { strangers } from './strangers';

/** Every file of the manifest is there with the bytes that were stored. Answers how many could not be compared. */
export async function compareManifest(
  root: string,
  manifest: ArtifactManifest,
  { problems, signal, progress }: CheckContext & { readonly problems: Problems },
): Promise<number> {
  const { entries } = manifest;
  let unread = 0;
  for (const [done, entry] of entries.entries()) {
    signal.throwIfAborted();
    progress(done, entries.length);
    const difference = await compareEntry(root, entry);
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
