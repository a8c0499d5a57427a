import { constants } from 'node:fs';
import { copyFile, lstat, mkdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { CheckSubject } from '../../../ports/check-subject';

export interface RootForTool {
  readonly root: string;
  readonly notes: readonly string[];
}

/** Files by which tools let a tree say what is not to be found in it. */
const SETTINGS: readonly RegExp[] = [
  /^\.(?:gitleaks|betterleaks)(?:ignore|\.toml)$/,
  /^\.(?:trivy|semgrep|grype|snyk|checkov|kics|tfsec|secretlint|hadolint|bandit|detect-secrets)ignore$/,
  /^\.?trivy(?:ignore)?\.ya?ml$/,
  /^\.?osv-scanner\.toml$/,
  /^\.(?:grype|checkov|hadolint|kics|semgrep|bandit|snyk)(?:\.(?:ya?ml|toml|json|config))?$/,
  /^\.secretlintrc(?:\.\w{1,10})?$/,
  /^\.(?:secrets\.baseline|gitallowed)$/,
];

/**
 * What the tool is pointed at: the tree itself; where that holds settings of tools, a copy without them, since what is
 * scanned must not say how. The paths in it are the same.
 */
export async function openRoot(
  { root, inventory }: CheckSubject,
  copy: string,
  signal: AbortSignal,
): Promise<RootForTool> {
  const withheld = new Set(inventory.files.map(({ path }) => path).filter(isSetting));
  if (withheld.size === 0) return { root, notes: [] };
  await mkdir(copy, { recursive: true });
  for (const { path } of inventory.files) {
    signal.throwIfAborted();
    if (!withheld.has(path)) await copyOne(join(root, path), join(copy, path));
  }
  return { root: copy, notes: [`settings of tools in the tree were withheld: ${withheld.size}`] };
}

function isSetting(path: string): boolean {
  const name = posix.basename(path);
  return SETTINGS.some((setting) => setting.test(name));
}

async function copyOne(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (!(await lstat(from)).isFile()) return;
  await copyFile(from, to, constants.COPYFILE_FICLONE);
}
