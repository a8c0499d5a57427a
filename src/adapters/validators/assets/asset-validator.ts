import type { Inventory, InventoryFile } from '../../../domain/checks/inventory';
import type { ValidatorReport } from '../../../domain/checks/validation';
import type { Digest } from '../../../domain/revision';
import type { ArtifactManifest } from '../../../ports/artifact-store';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import type { Validator } from '../../../ports/validator';
import type { FileLook } from '../../inspection/child/hear-child';
import { lookIntoFiles } from '../../inspection/child/look-into-files';
import { threadFile } from '../../inspection/thread-options';
import { createProblems, type Problems } from '../../inspection/validation/problems';
import { isThirdParty } from '../../inspection/validation/third-party';
import type { AssetLook } from './asset-child';
import { compareManifest } from './compare-manifest';
import { hasExpectedType } from './content-type';
import { lookAtLinks } from './look-at-links';
import { referenceProblem, type Shipped } from './resolve-reference';

export interface AssetValidatorOptions {
  /** Where the subject is a stored artifact, its copy is held against this. */
  readonly manifest?: (artifact: Digest) => Promise<ArtifactManifest>;
}

const VERSION = 'assets/1';
const LARGE_BYTES = 100_000_000;

/**
 * What ships is whole: the stored bytes are those of the manifest, no link leaves the folder, everything could be
 * listed, and what pages and style sheets load is there.
 */
export function createAssetValidator(options: AssetValidatorOptions = {}): Validator {
  return {
    name: 'assets',
    identity: async ({ artifact }) => `${VERSION}/${artifact ?? 'folder'}`,
    validate: (subject, context) => validate(subject, context, options),
  };
}

async function validate(
  { root, inventory, artifact }: CheckSubject,
  context: CheckContext,
  { manifest }: AssetValidatorOptions,
): Promise<ValidatorReport> {
  const startedAtMs = Date.now();
  const problems = createProblems();
  const { files, links, unlisted } = inventory;
  tellHoles(inventory, problems);
  if (artifact !== null) tellLeftOut(inventory, problems);
  for (const problem of await lookAtLinks(root, links)) problems.add(problem);
  tellNames(files, problems);
  let unread = 0;
  if (artifact !== null && manifest !== undefined)
    unread += await compareManifest(root, await manifest(artifact), {
      ...context,
      inventory,
      problems,
    });
  unread += await lookInside(root, inventory, { ...context, problems });
  const total = files.length + links.length + unlisted.length;
  const covered = Math.max(0, files.length + links.length - unread);
  return problems.report('assets', { covered, total, startedAtMs });
}

function tellHoles({ unlisted, leftOut }: Inventory, problems: Problems): void {
  for (const { path, reason } of unlisted) {
    problems.skip(path, reason);
    problems.add({
      rule: 'assets/unlisted',
      severity: 'high',
      title: `could not be looked at: ${reason}`,
      location: { path, line: null },
    });
  }
  for (const { path, reason } of leftOut) problems.skip(path, reason);
}

/** Whoever gets the artifact gets the history with it, and nobody has looked into that. */
function tellLeftOut({ leftOut }: Inventory, problems: Problems): void {
  for (const { path } of leftOut) {
    const title = 'ships with the artifact and was not looked at; leave it out of what is deployed';
    problems.add({
      rule: 'assets/history',
      severity: 'medium',
      title,
      location: { path, line: null },
    });
  }
}

function tellNames(files: readonly InventoryFile[], problems: Problems): void {
  const seen = new Set<string>();
  for (const { path, bytes } of files) {
    const lowerCase = path.toLowerCase();
    const location = { path, line: null };
    if (seen.has(lowerCase)) {
      const title = 'has the same name as another file but for upper and lower case';
      problems.add({ rule: 'assets/case-collision', severity: 'low', title, location });
    }
    seen.add(lowerCase);
    if (bytes <= LARGE_BYTES) continue;
    const title = 'is larger than 100 MB; ship only what the service needs';
    problems.add({ rule: 'assets/large-file', severity: 'medium', title, location });
  }
}

/** Answers how many files could not be looked into. */
async function lookInside(
  root: string,
  { files, links }: Inventory,
  { problems, ...context }: CheckContext & { readonly problems: Problems },
): Promise<number> {
  const looked = files.filter(isLookedInto);
  const shipped: Shipped = {
    byPath: new Map(files.map((file) => [file.path, file])),
    lowerCase: new Set([...files, ...links].map(({ path }) => path.toLowerCase())),
    links: new Set(links.map(({ path }) => path)),
  };
  let unread = 0;
  await lookIntoFiles<AssetLook>({
    ...context,
    program: threadFile(__dirname, 'asset-child'),
    root,
    setup: null,
    paths: looked.map(({ path }) => path),
    take: (path, look) => (unread += note(path, look, { shipped, problems })),
  });
  return unread;
}

/** The pages of packages are their documentation. */
function isLookedInto({ path, kind }: InventoryFile): boolean {
  return !isThirdParty(path) && (kind === 'html' || kind === 'css' || hasExpectedType(path));
}

interface Noting {
  readonly shipped: Shipped;
  readonly problems: Problems;
}

/** 1 where the file was not looked at. */
function note(path: string, look: FileLook<AssetLook>, { shipped, problems }: Noting): 0 | 1 {
  const location = { path, line: null };
  if (look.kind === 'broke') {
    problems.skip(path, look.reason);
    const title = `cannot be looked into: ${look.reason}`;
    problems.add({ rule: 'assets/not-read', severity: 'high', title, location });
    return 1;
  }
  switch (look.result.kind) {
    case 'page':
      for (const reference of look.result.references) {
        const problem = referenceProblem(path, reference, shipped);
        if (problem !== null) problems.add(problem);
      }
      return 0;
    case 'typed':
      tellMismatch(path, look.result.mismatch, problems);
      return 0;
    case 'not-text':
      tellMismatch(path, 'other', problems);
      return 0;
    case 'too-large':
      problems.skip(path, 'it is larger than a page may be');
      return 1;
  }
}

function tellMismatch(
  path: string,
  mismatch: 'lfs-pointer' | 'other' | null,
  problems: Problems,
): void {
  if (mismatch === null) return;
  const location = { path, line: null };
  if (mismatch === 'lfs-pointer') {
    const title = 'is a pointer of Git LFS and not the content; fetch it before you build';
    problems.add({ rule: 'assets/lfs-pointer', severity: 'high', title, location });
    return;
  }
  const title = 'does not hold what its name says';
  problems.add({ rule: 'assets/content-type', severity: 'medium', title, location });
}
